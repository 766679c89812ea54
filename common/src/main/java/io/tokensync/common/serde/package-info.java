/**
 * The JSON of records on topics: one flat object, snake_case names equal to the SQL columns, nulls left out. Readers
 * ignore what they do not know, so that a newer stage may write more; golden files in the tests keep every version ever
 * written readable. Written by hand over streaming JSON, because every record passes here four times.
 */
package io.tokensync.common.serde;

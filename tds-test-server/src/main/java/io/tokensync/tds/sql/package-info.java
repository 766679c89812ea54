/**
 * The T-SQL of this project, read and rewritten for H2: statements told apart, then a short list of {@link
 * io.tokensync.tds.sql.Rewrites rewrites}. What is not on the list goes to H2 as it is, and H2 rejects it.
 */
package io.tokensync.tds.sql;

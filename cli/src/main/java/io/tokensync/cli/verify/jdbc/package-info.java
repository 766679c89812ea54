/** What {@code verify --file} asks the table, with a login that may only read. */
package io.tokensync.cli.verify.jdbc;

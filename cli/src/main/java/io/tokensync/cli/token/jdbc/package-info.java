/** What {@code token} asks the database. */
package io.tokensync.cli.token.jdbc;

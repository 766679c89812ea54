/**
 * The page's questions in SQL, the same for SQLite and SQL Server: over a few connections, each statement by an index and with an
 * end. {@link io.tokensync.monitor.table.jdbc.AccessPath} names the indexes.
 */
package io.tokensync.monitor.table.jdbc;

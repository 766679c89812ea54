/**
 * The database behind JDBC: its pool, its failures by number, and the staged merge in two dialects. Each statement is a
 * resource, {@code sqlite/*.sql} and {@code sqlserver/*.sql}; the law they quote is {@code law.sql}.
 */
package io.tokensync.writer.jdbc;

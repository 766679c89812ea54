/**
 * The tables and views of the database: Flyway brings them up to date, {@link io.tokensync.writer.schema.Schema} does so
 * on request and tells what is missing. The tables are in {@code db/sqlite} and {@code db/sqlserver}, the views of both in
 * {@code db/views}, and what these two say differently in {@code dialect.sql}.
 */
package io.tokensync.writer.schema;

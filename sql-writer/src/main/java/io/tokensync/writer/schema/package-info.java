/**
 * The tables and views of the database: Flyway brings them up to date, {@link io.tokensync.writer.schema.Schema} does so
 * on request and tells what is missing. The scripts are {@code db/h2} and {@code db/sqlserver}.
 */
package io.tokensync.writer.schema;

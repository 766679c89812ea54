/**
 * What is written at a time: {@link io.tokensync.writer.batch.TokenBatch} folds records into one state per row, a
 * {@link io.tokensync.writer.batch.BatchWriter} applies it to the table, and its decorators repeat what failed and put
 * aside what cannot be written. No JDBC here: a failed write is a {@link io.tokensync.writer.batch.SqlFailure}.
 */
package io.tokensync.writer.batch;

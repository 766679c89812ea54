/**
 * The last stage: reads {@code tokens.enriched}, merges batches and merges them into {@code TokenRecords}.
 * {@link io.tokensync.writer.WriterApp} builds the graph; a batch goes from
 * {@link io.tokensync.writer.handler.WriteHandler} to the writers of {@code batch} and {@code jdbc}.
 */
package io.tokensync.writer;

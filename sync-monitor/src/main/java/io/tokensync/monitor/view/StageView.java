package io.tokensync.monitor.view;

import java.time.Instant;

/**
 * One stage over all sessions.
 *
 * @param stage {@code scanner}, {@code enricher} or {@code writer}
 * @param rows records that it has handled; of the scanner, published
 * @param deadLettered records or rows that it has dead-lettered
 * @param rowsPerSecond over the last minute
 * @param lastReceipt its last receipt; null when there is none
 */
public record StageView(String stage, long rows, long deadLettered, double rowsPerSecond, Instant lastReceipt) {}

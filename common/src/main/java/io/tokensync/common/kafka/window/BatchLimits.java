package io.tokensync.common.kafka.window;

import java.time.Duration;

/**
 * How batches are cut, and how many of them there are.
 *
 * @param maxRecords most records of a batch
 * @param maxBytes most bytes of keys and values of a batch; a larger record is a batch of its own
 * @param linger how long the first record of a batch waits for others
 * @param maxBatches most batches that have begun and not ended
 * @param heap bytes of the process's heap that are there for them
 */
public record BatchLimits(int maxRecords, long maxBytes, Duration linger, int maxBatches, long heap) {}

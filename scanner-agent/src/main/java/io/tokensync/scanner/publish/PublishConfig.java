package io.tokensync.scanner.publish;

import java.util.Objects;

import io.tokensync.common.retry.RetryPolicy;

/**
 * How the agent publishes.
 *
 * @param topics where to
 * @param batchRows most rows that are published, acknowledged and remembered as one, 1 to 100,000
 * @param retry waits while Kafka is away
 */
public record PublishConfig(PublishTopics topics, int batchRows, RetryPolicy retry) {
    private static final int MAX_BATCH = 100_000;

    /** To the standard topics, 3,000 rows at once. */
    public static final PublishConfig DEFAULT = new PublishConfig(PublishTopics.STANDARD, 3_000,
            RetryPolicy.standard());

    public PublishConfig {
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(retry, "retry");
        if (batchRows < 1 || batchRows > MAX_BATCH) {
            throw new IllegalArgumentException(
                    "scanner.batch.rows must be from 1 to " + MAX_BATCH + ", not " + batchRows);
        }
    }
}

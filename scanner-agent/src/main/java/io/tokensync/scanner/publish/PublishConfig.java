package io.tokensync.scanner.publish;

import java.util.Objects;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.retry.RetryPolicy;

/**
 * How the agent publishes.
 *
 * @param topics where to
 * @param batchRows most rows that are published, acknowledged and remembered as one, 1 to 100,000
 * @param retry waits while Kafka is away
 */
public record PublishConfig(PublishTopics topics, int batchRows, RetryPolicy retry) {
    public static final KeySection KEYS = KeySection.of("scanner");

    private static final ConfigKey<Integer> BATCH_ROWS = KEYS.add(ConfigKey.integer("batch.rows", 3_000, 1, 100_000,
            "Most rows that are published, acknowledged and remembered as one; the more, the less often the state is "
                    + "synced to the disk."));

    static {
        KEYS.include("retry", RetryPolicy.KEYS);
    }

    /** To the standard topics, 3,000 rows at once. */
    public static final PublishConfig DEFAULT = new PublishConfig(PublishTopics.STANDARD,
            BATCH_ROWS.standard(), RetryPolicy.standard());

    public PublishConfig {
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(retry, "retry");
        BATCH_ROWS.require(batchRows);
    }

    /** From the keys of {@code scanner} and the names of the topics. */
    public static PublishConfig from(Settings settings) {
        return new PublishConfig(PublishTopics.from(settings), settings.get(BATCH_ROWS),
                RetryPolicy.from(settings, "scanner.retry"));
    }
}

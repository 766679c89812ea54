package io.tokensync.scanner.publish;

import java.util.Objects;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.Topics;

/**
 * Where the agent's records go, and where it is answered.
 *
 * @param scanned topic of rows
 * @param deadLetter topic of rows that cannot be in the table
 * @param receipts topic of what was published
 * @param digests topic of what whole nodes hold
 * @param repairs topic of what the table has instead
 */
public record PublishTopics(String scanned, String deadLetter, String receipts, String digests, String repairs) {
    /** The standard names. */
    public static final PublishTopics STANDARD = new PublishTopics(Topics.SCANNED, Topics.DEAD_LETTER,
            Topics.RECEIPTS, Topics.DIGESTS, Topics.REPAIRS);

    public PublishTopics {
        Objects.requireNonNull(scanned, "scanned");
        Objects.requireNonNull(deadLetter, "deadLetter");
        Objects.requireNonNull(receipts, "receipts");
        Objects.requireNonNull(digests, "digests");
        Objects.requireNonNull(repairs, "repairs");
    }

    /** Reads {@code topics.scanned.name} and the names of the other four. */
    public static PublishTopics from(Settings settings) {
        return new PublishTopics(settings.get(TopicKeys.SCANNED.name()),
                settings.get(TopicKeys.DEAD_LETTER.name()),
                settings.get(TopicKeys.RECEIPTS.name()), settings.get(TopicKeys.DIGESTS.name()),
                settings.get(TopicKeys.REPAIRS.name()));
    }
}

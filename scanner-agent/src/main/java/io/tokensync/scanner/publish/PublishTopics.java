package io.tokensync.scanner.publish;

import java.util.Objects;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.Topics;

/**
 * Where the agent's records go.
 *
 * @param scanned topic of rows
 * @param deadLetter topic of rows that cannot be in the table
 * @param receipts topic of what was published
 */
public record PublishTopics(String scanned, String deadLetter, String receipts) {
    /** The standard names. */
    public static final PublishTopics STANDARD = new PublishTopics(Topics.SCANNED, Topics.DEAD_LETTER,
            Topics.RECEIPTS);

    public PublishTopics {
        Objects.requireNonNull(scanned, "scanned");
        Objects.requireNonNull(deadLetter, "deadLetter");
        Objects.requireNonNull(receipts, "receipts");
    }

    /** Reads {@code topics.scanned.name}, {@code topics.dead-letter.name} and {@code topics.receipts.name}. */
    public static PublishTopics from(Settings settings) {
        return new PublishTopics(settings.get(TopicKeys.SCANNED.name()),
                settings.get(TopicKeys.DEAD_LETTER.name()),
                settings.get(TopicKeys.RECEIPTS.name()));
    }
}

package io.tokensync.scanner.publish;

import java.util.Objects;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.Topics;

/**
 * Where the agent's records go.
 *
 * @param scanned topic of rows
 * @param deadLetter topic of rows that cannot be in the table
 */
public record PublishTopics(String scanned, String deadLetter) {
    /** The standard names. */
    public static final PublishTopics STANDARD = new PublishTopics(Topics.SCANNED, Topics.DEAD_LETTER);

    public PublishTopics {
        Objects.requireNonNull(scanned, "scanned");
        Objects.requireNonNull(deadLetter, "deadLetter");
    }

    /** Reads {@code topics.scanned.name} and {@code topics.dead-letter.name}. */
    public static PublishTopics from(Settings settings) {
        return new PublishTopics(settings.text("topics.scanned.name", STANDARD.scanned),
                settings.text("topics.dead-letter.name", STANDARD.deadLetter));
    }
}

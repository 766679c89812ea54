package io.tokensync.enricher;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.Topics;

/**
 * Names of the topics that the stage reads and writes.
 *
 * @param scanned rows as the agents read them
 * @param enriched the same rows with their content
 * @param deadLetter records that cannot be read
 */
public record EnricherTopics(String scanned, String enriched, String deadLetter) {
    /** The names of {@link Topics}. */
    public static EnricherTopics standard() {
        return new EnricherTopics(Topics.SCANNED, Topics.ENRICHED, Topics.DEAD_LETTER);
    }

    static EnricherTopics from(Settings settings) {
        return new EnricherTopics(settings.text("topics.scanned.name", Topics.SCANNED),
                settings.text("topics.enriched.name", Topics.ENRICHED),
                settings.text("topics.dead-letter.name", Topics.DEAD_LETTER));
    }
}

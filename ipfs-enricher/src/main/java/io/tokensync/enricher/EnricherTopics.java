package io.tokensync.enricher;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.Topics;

/**
 * Names of the topics that the stage reads and writes.
 *
 * @param scanned rows as the agents read them
 * @param enriched the same rows with their content
 * @param deadLetter records that cannot be read
 * @param receipts what was done with each batch
 * @param contentRetry first part of the names of the topics of retries
 */
public record EnricherTopics(String scanned, String enriched, String deadLetter, String receipts,
        String contentRetry) {
    /** The names of {@link Topics}. */
    public static EnricherTopics standard() {
        return new EnricherTopics(Topics.SCANNED, Topics.ENRICHED, Topics.DEAD_LETTER, Topics.RECEIPTS,
                Topics.CONTENT_RETRY);
    }

    static EnricherTopics from(Settings settings) {
        return new EnricherTopics(settings.get(TopicKeys.SCANNED.name()),
                settings.get(TopicKeys.ENRICHED.name()),
                settings.get(TopicKeys.DEAD_LETTER.name()),
                settings.get(TopicKeys.RECEIPTS.name()),
                settings.get(TopicKeys.CONTENT_RETRY.name()));
    }
}

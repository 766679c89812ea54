package io.tokensync.cli.access;

import java.util.List;
import java.util.stream.IntStream;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.Topics;

/**
 * What the topics and groups of an installation are called.
 *
 * @param contentRetry what the names of the topics of retries begin with
 * @param enricher group of the enrichers
 * @param writer group of the writers
 * @param monitor name that the monitors share
 */
public record InstallationNames(String scanned, String enriched, String contentRetry, String deadLetter,
        String receipts, String sessions, String digests, String repairs, String enricher, String writer, String monitor) {
    /** Those that {@code topics.*.name} and {@code *.group} say. */
    static InstallationNames from(Settings settings) {
        return new InstallationNames(settings.get(TopicKeys.SCANNED.name()), settings.get(TopicKeys.ENRICHED.name()),
                settings.get(TopicKeys.CONTENT_RETRY.name()), settings.get(TopicKeys.DEAD_LETTER.name()),
                settings.get(TopicKeys.RECEIPTS.name()), settings.get(TopicKeys.SESSIONS.name()),
                settings.get(TopicKeys.DIGESTS.name()), settings.get(TopicKeys.REPAIRS.name()),
                settings.get(StageGroups.ENRICHER), settings.get(StageGroups.WRITER),
                settings.get(StageGroups.MONITOR));
    }

    /** The topics of retries. */
    List<String> retries() {
        return IntStream.rangeClosed(1, Topics.CONTENT_RETRY_STEPS)
                .mapToObj(step -> Topics.contentRetry(contentRetry, step)).toList();
    }
}

package io.tokensync.enricher;

import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

/** The topics on which requests wait, made for one test. */
final class RetryTopics {
    private RetryTopics() {}

    /** Makes all of them, and returns the name that they have in common. */
    static String create(EmbeddedKafkaExtension kafka, int partitions) {
        String name = kafka.name("retry");
        for (int step = 1; step <= Topics.CONTENT_RETRY_STEPS; step++) {
            kafka.topics().create(Topics.contentRetry(name, step), partitions);
        }
        return name;
    }
}

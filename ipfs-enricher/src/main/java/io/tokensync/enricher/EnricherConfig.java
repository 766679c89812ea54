package io.tokensync.enricher;

import java.time.Duration;
import java.util.Objects;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.PollLoopConfig;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.enricher.retry.RetrySettings;

/**
 * What the enricher is told.
 *
 * @param kafka where Kafka is
 * @param loop group, batches and waits
 * @param topics what is read and written
 * @param workers loops in this process; more than the topic has partitions are idle
 * @param longestWait how long a row waits for its turn, and then for its content, before it passes without
 * @param fetches most fetches of one worker under way for rows that wait
 * @param retry when content that has not come is asked for again
 * @param content where content may come from
 */
public record EnricherConfig(KafkaSettings kafka, PollLoopConfig loop, EnricherTopics topics, int workers,
        Duration longestWait, int fetches, RetrySettings retry, ContentSettings content) {
    private static final String GROUP = "tokensync-enricher";
    private static final int MOST_WORKERS = 64;
    private static final int BATCHES_IN_HEAP = 64;
    private static final int FETCHES = 256;
    private static final int MOST_FETCHES = 10_000;
    /** As many batches as linger within the wait of a row, and more. */
    private static final int WINDOW = 64;
    private static final int MOST_WINDOW = 1_000;
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    public EnricherConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(content, "content");
        require(fetches > 0, "enricher.fetches must be at least 1");
        require(workers > 0, "enricher.workers must be at least 1");
        require(longestWait.isPositive() && longestWait.compareTo(LONGEST_WAIT) <= 0,
                "enricher.wait must be longer than zero and at most 1m: the rows of a batch pass together");
    }

    /** From the keys of {@code enricher}, {@code kafka} and {@code topics}; to be called by {@link Settings#build}. */
    public static EnricherConfig from(Settings settings) {
        var _ = settings.build(() -> TopicSet.from(settings)); // an installation's topics may stand in each file
        EnricherTopics topics = EnricherTopics.from(settings);
        return new EnricherConfig(settings.build(() -> KafkaSettings.from(settings)).orElse(null),
                settings.build(() -> PollLoopConfig.from(settings, loop(topics))
                        .withWindow(settings.integer("enricher.window", WINDOW, 1, MOST_WINDOW))).orElse(null),
                topics, settings.integer("enricher.workers", 1, 1, MOST_WORKERS),
                settings.duration("enricher.wait", WAIT),
                settings.integer("enricher.fetches", FETCHES, 1, MOST_FETCHES),
                settings.build(() -> RetrySettings.from(settings)).orElse(null),
                settings.build(() -> ContentSettings.from(settings)).orElse(null));
    }

    /** A batch of long contents takes ten times its bytes, and a few of them are in memory at a time. */
    private static PollLoopConfig loop(EnricherTopics topics) {
        PollLoopConfig standard = PollLoopConfig.of(GROUP, topics.scanned()).withStage("enricher");
        long heapBytes = Runtime.getRuntime().maxMemory();
        return standard.withBatch(standard.maxRecords(), Math.min(standard.maxBytes(), heapBytes / BATCHES_IN_HEAP),
                standard.linger());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

package io.tokensync.enricher;

import java.time.Duration;
import java.util.Objects;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.kafka.topics.Topics;
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
    static final KeySection KEYS = KeySection.of("enricher");

    /** A batch of long contents takes ten times its bytes, and a few of them are in memory at a time. */
    private static final int BATCHES_IN_HEAP = 64;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final ConfigKey<Integer> WORKERS = KEYS.add(ConfigKey.integer("workers", 1, 1, 64,
            "Loops in this process; more than the topic has partitions are idle."));
    private static final ConfigKey<Duration> WAIT = KEYS.add(ConfigKey.duration("wait", Duration.ofSeconds(2),
            "How long a row waits for its content before it passes without; the content is then asked for again. The rows "
                    + "of a batch pass together.")
            .within(Bounds.of(Duration.ofMillis(1), LONGEST_WAIT)).replacing("the 12 s timeout of ipfs cat"));
    private static final ConfigKey<Integer> FETCHES = KEYS.add(ConfigKey.integer("fetches", 256, 1, 10_000,
            "Most fetches of one worker under way for rows that wait.").replacing("the number of IPFS workers"));
    /** By default as many batches as linger within the wait of a row, and more. */
    private static final ConfigKey<Integer> WINDOW = KEYS.add(ConfigKey.integer("window", 64, 1, 1_000,
            "Batches that may be under way at the same time; they are committed in order."));
    private static final PollLoopConfig.Keys LOOP = new PollLoopConfig.Keys(KEYS, StageGroups.ENRICHER,
            PollLoopConfig.of(StageGroups.ENRICHER.standard(), Topics.SCANNED).withStage("enricher"));

    public EnricherConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(content, "content");
        FETCHES.require(fetches);
        WORKERS.require(workers);
        WAIT.require(longestWait);
    }

    /** From the keys of {@code enricher}, {@code kafka} and {@code topics}; to be called by {@link Settings#build}. */
    public static EnricherConfig from(Settings settings) {
        var _ = settings.build(() -> TopicSet.from(settings)); // an installation's topics may stand in each file
        EnricherTopics topics = EnricherTopics.from(settings);
        return new EnricherConfig(settings.build(() -> KafkaSettings.from(settings)).orElse(null),
                settings.build(() -> PollLoopConfig
                        .from(settings, LOOP, topics.scanned(),
                                Runtime.getRuntime().maxMemory() / BATCHES_IN_HEAP / settings.get(WORKERS))
                        .withWindow(settings.get(WINDOW))).orElse(null),
                topics, settings.get(WORKERS), settings.get(WAIT), settings.get(FETCHES),
                settings.build(() -> RetrySettings.from(settings)).orElse(null),
                settings.build(() -> ContentSettings.from(settings)).orElse(null));
    }
}

package io.tokensync.enricher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.PollLoopConfig;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.kubo.KuboSettings;
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
 * @param maxCharacters longest content that is kept, in UTF-16 units; at most {@value #MOST_CHARACTERS}
 * @param blockstoreRoots directories below which repositories that records name may be read; none switches that off
 * @param kubo Kubo nodes that may be asked
 * @param cacheBytes of fetched content kept in memory
 * @param failuresKept how long an id that was not found is not asked for again
 */
public record EnricherConfig(KafkaSettings kafka, PollLoopConfig loop, EnricherTopics topics, int workers,
        Duration longestWait, int fetches, RetrySettings retry, int maxCharacters, List<Path> blockstoreRoots,
        KuboSettings kubo, long cacheBytes,
        Duration failuresKept) {
    private static final String GROUP = "tokensync-enricher";
    private static final int MAX_CHARACTERS = 50_000;
    /**
     * The longest content that a producer is sure to take. JSON needs six bytes for a control character, so this much is
     * 900,000 bytes at worst; the rest of the producer's {@code max.request.size}, 1 MiB unless set otherwise, is for the
     * row. A longer record would be refused each time, and hold up all behind it.
     */
    static final int MOST_CHARACTERS = 150_000;
    private static final int MOST_WORKERS = 64;
    private static final int FETCHES = 256;
    private static final int MOST_FETCHES = 10_000;
    /** As many batches as linger within the wait of a row, and more. */
    private static final int WINDOW = 32;
    private static final int MOST_WINDOW = 1_000;
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration FAILURES_KEPT = Duration.ofSeconds(30);
    private static final long CACHE_BYTES = 64L << 20;

    public EnricherConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(kubo, "kubo");
        blockstoreRoots = List.copyOf(blockstoreRoots);
        require(fetches > 0, "enricher.fetches must be at least 1");
        require(workers > 0, "enricher.workers must be at least 1");
        require(maxCharacters > 0 && maxCharacters <= MOST_CHARACTERS,
                "enricher.max-characters must be from 1 to " + MOST_CHARACTERS);
        require(longestWait.isPositive() && longestWait.compareTo(LONGEST_WAIT) <= 0,
                "enricher.wait must be longer than zero and at most 1m: the rows of a batch pass together");
        require(blockstoreRoots.stream().allMatch(Path::isAbsolute),
                "enricher.blockstore.roots must be absolute paths, as the records' own paths are");
        require(cacheBytes >= 0, "enricher.cache.size must not be negative");
        require(!failuresKept.isNegative(), "enricher.cache.failures-kept must not be negative");
    }

    /** From the keys of {@code enricher}, {@code kafka} and {@code topics}; to be called by {@link Settings#build}. */
    public static EnricherConfig from(Settings settings) {
        EnricherTopics topics = EnricherTopics.from(settings);
        int characters = settings.integer("enricher.max-characters", MAX_CHARACTERS, 1, MOST_CHARACTERS);
        return new EnricherConfig(settings.build(() -> KafkaSettings.from(settings)).orElse(null),
                settings.build(() -> PollLoopConfig.from(settings, "enricher", GROUP, topics.scanned())
                        .withWindow(settings.integer("enricher.window", WINDOW, 1, MOST_WINDOW))).orElse(null),
                topics, settings.integer("enricher.workers", 1, 1, MOST_WORKERS),
                settings.duration("enricher.wait", WAIT),
                settings.integer("enricher.fetches", FETCHES, 1, MOST_FETCHES),
                settings.build(() -> RetrySettings.from(settings)).orElse(null), characters,
                settings.paths("enricher.blockstore.roots"),
                settings.build(() -> KuboSettings.from(settings, ContentReader.maxBlockBytes(characters))).orElse(null),
                settings.bytes("enricher.cache.size", CACHE_BYTES),
                settings.duration("enricher.cache.failures-kept", FAILURES_KEPT));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

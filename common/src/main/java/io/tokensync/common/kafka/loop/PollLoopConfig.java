package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.kafka.window.BatchLimits;
import io.tokensync.common.retry.RetryPolicy;

/**
 * What a poll loop reads and how it cuts batches.
 *
 * @param stage who reads, as in a dead letter: {@code enricher}, {@code writer}
 * @param group consumer group
 * @param member tells the loops of one process apart, {@code 0}, {@code 1} …
 * @param loops how many of them there are: they share its heap
 * @param topics what is read
 * @param deadLetterTopic where a record goes that alone cannot be handled or handed on
 * @param maxRecords most records of a batch
 * @param maxBytes most bytes of keys and values of a batch; a larger record is a batch of its own
 * @param linger how long the first record of a batch waits for others
 * @param window batches that may be with the handler at the same time; they are committed in order, so that a batch that
 *        takes long does not keep the others from being handled. All of them together hold at most four times
 *        {@code maxBytes}, and with a small heap less
 * @param revokeBound how long a batch may go on when its partitions are being taken away
 * @param closeBound how long a batch may go on when the loop is closed
 * @param retry waits between attempts
 */
public record PollLoopConfig(String stage, String group, String member, int loops, List<String> topics,
        String deadLetterTopic, int maxRecords, long maxBytes, Duration linger, int window, Duration revokeBound,
        Duration closeBound, RetryPolicy retry) {
    private static final int MAX_RECORDS = 1_000;
    private static final long MAX_BYTES = 8L << 20;
    private static final Duration LINGER = Duration.ofMillis(100);
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final int ROWS_LIMIT = 100_000;

    /** The keys of the loop of a stage, with the stage's own defaults. */
    public static final class Keys {
        private final PollLoopConfig defaults;
        private final ConfigKey<String> group;
        private final ConfigKey<Integer> rows;
        private final ConfigKey<Long> bytes;
        private final ConfigKey<Duration> linger;
        private final ConfigKey<Duration> closeBound;

        /**
         * Declares them.
         *
         * @param section of the stage
         * @param group of the stage
         */
        public Keys(KeySection section, ConfigKey<String> group, PollLoopConfig defaults) {
            this.defaults = defaults;
            this.group = group;
            rows = section.add(ConfigKey.integer("batch.rows", defaults.maxRecords, 1, ROWS_LIMIT,
                    "Most rows of a batch."));
            bytes = section.add(ConfigKey.bytes("batch.bytes", defaults.maxBytes,
                    "Most bytes of the records of a batch; a larger record is a batch of its own. By default all "
                            + "loops of a process together have no more than a 64th of the heap in the enricher, a 24th in the writer.")
                    .within(Bounds.atLeast(1L)));
            linger = section.add(ConfigKey.duration("batch.linger", defaults.linger,
                    "How long the first record of a batch waits for others."));
            closeBound = section.add(ConfigKey.duration("close-bound", defaults.closeBound,
                    "How long a batch under way may go on when the process is asked to end."));
            section.include("retry", RetryPolicy.KEYS);
        }

        /** Of the most rows of a batch. */
        public ConfigKey<Integer> rows() {
            return rows;
        }
    }

    public PollLoopConfig {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(deadLetterTopic, "deadLetterTopic");
        Objects.requireNonNull(retry, "retry");
        topics = List.copyOf(topics);
        require(!group.isBlank(), "the consumer group must have a name");
        require(!topics.isEmpty(), "a poll loop needs a topic to read");
        require(loops > 0, "a process has at least one loop, not " + loops);
        require(maxRecords > 0, "batch records must be greater than zero, not " + maxRecords);
        require(maxBytes > 0, "batch bytes must be greater than zero, not " + maxBytes);
        require(window > 0, "the window must be at least one batch, not " + window);
        requireNotNegative(linger, "linger");
        requireNotNegative(revokeBound, "revoke bound");
        requireNotNegative(closeBound, "close bound");
    }

    /** At most 1,000 records or 8 MiB, at most 100 ms old; 10 s to finish. */
    public static PollLoopConfig of(String group, String topic) {
        return new PollLoopConfig(group, group, "0", 1, List.of(topic), Topics.DEAD_LETTER, MAX_RECORDS, MAX_BYTES,
                LINGER,
                1, BOUND, BOUND, RetryPolicy.standard());
    }

    /** What the keys of a stage say, to read this topic. */
    public static PollLoopConfig from(Settings settings, Keys keys, String topic) {
        return from(settings, keys, topic, keys.bytes.standard());
    }

    /** As {@link #from(Settings, Keys, String)}, with no more bytes in a batch than these unless the settings say so. */
    public static PollLoopConfig from(Settings settings, Keys keys, String topic, long mostBytes) {
        PollLoopConfig defaults = keys.defaults;
        return new PollLoopConfig(defaults.stage, settings.get(keys.group), defaults.member, defaults.loops,
                List.of(topic),
                settings.get(TopicKeys.DEAD_LETTER.name()), settings.get(keys.rows),
                settings.get(keys.bytes, Math.min(keys.bytes.standard(), mostBytes)),
                settings.get(keys.linger), defaults.window, defaults.revokeBound, settings.get(keys.closeBound),
                RetryPolicy.from(settings, defaults.stage + ".retry"));
    }

    /** The name of the stage, in front of its keys and in dead letters. */
    public PollLoopConfig withStage(String newStage) {
        return new PollLoopConfig(newStage, group, member, loops, topics, deadLetterTopic, maxRecords, maxBytes, linger,
                window,
                revokeBound, closeBound, retry);
    }

    public PollLoopConfig withGroup(String newGroup) {
        return new PollLoopConfig(stage, newGroup, member, loops, topics, deadLetterTopic, maxRecords, maxBytes, linger,
                window,
                revokeBound, closeBound, retry);
    }

    public PollLoopConfig withTopics(List<String> newTopics) {
        return new PollLoopConfig(stage, group, member, loops, newTopics, deadLetterTopic, maxRecords, maxBytes, linger,
                window,
                revokeBound, closeBound, retry);
    }

    /** One of so many loops of a process. */
    public PollLoopConfig withMember(String newMember, int of) {
        return new PollLoopConfig(stage, group, newMember, of, topics, deadLetterTopic, maxRecords, maxBytes, linger,
                window,
                revokeBound, closeBound,
                retry);
    }

    /** Dead letters go to this topic instead of {@link Topics#DEAD_LETTER}. */
    public PollLoopConfig withDeadLetterTopic(String topic) {
        return new PollLoopConfig(stage, group, member, loops, topics, topic, maxRecords, maxBytes, linger, window,
                revokeBound,
                closeBound, retry);
    }

    /** Other limits of a batch. */
    public PollLoopConfig withBatch(int newMaxRecords, long newMaxBytes, Duration newLinger) {
        return new PollLoopConfig(stage, group, member, loops, topics, deadLetterTopic, newMaxRecords, newMaxBytes,
                newLinger,
                window,
                revokeBound, closeBound,
                retry);
    }

    /** So many batches with the handler at the same time. */
    public PollLoopConfig withWindow(int batches) {
        return new PollLoopConfig(stage, group, member, loops, topics, deadLetterTopic, maxRecords, maxBytes, linger,
                batches,
                revokeBound, closeBound, retry);
    }

    public PollLoopConfig withBounds(Duration newRevokeBound, Duration newCloseBound) {
        return new PollLoopConfig(stage, group, member, loops, topics, deadLetterTopic, maxRecords, maxBytes, linger,
                window,
                newRevokeBound, newCloseBound,
                retry);
    }

    public PollLoopConfig withRetry(RetryPolicy newRetry) {
        return new PollLoopConfig(stage, group, member, loops, topics, deadLetterTopic, maxRecords, maxBytes, linger,
                window,
                revokeBound, closeBound,
                newRetry);
    }

    BatchLimits limits() {
        return new BatchLimits(maxRecords, maxBytes, linger, window, Runtime.getRuntime().maxMemory() / loops);
    }

    private static void requireNotNegative(Duration duration, String what) {
        require(!duration.isNegative(), what + " must not be negative, not " + duration);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

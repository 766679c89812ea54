package io.tokensync.writer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.kafka.topics.TopicKeys;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.writer.batch.BatchSize;
import io.tokensync.writer.jdbc.SqlErrorOverrides;
import io.tokensync.writer.verification.Fence;

/**
 * What the writer is told.
 *
 * @param kafka where Kafka is
 * @param loop topics, group, batches and waits; the waits are those for the database too
 * @param sql where the database is
 * @param threads how many loops, each with a connection; more than the topic has partitions are idle
 * @param receiptsTopic where the receipts go
 * @param sessions the monitor's session summaries; empty when this writer leaves them alone
 * @param errors error numbers that mean something else on this database
 * @param batch how many rows a transaction may have; a batch of the loop may be several
 * @param history whether versions are kept, and how long
 */
public record WriterConfig(KafkaSettings kafka, PollLoopConfig loop, SqlSettings sql, int threads,
        String receiptsTopic, Optional<Sessions> sessions, SqlErrorOverrides errors, BatchSize.Bounds batch,
        History history, Optional<Verification> verification) {
    /** The consumer group when the configuration names no other. */
    public static final String GROUP = StageGroups.WRITER.standard();

    private static final String STAGE = "writer";
    private static final int LEAST_ROWS = 500;
    private static final int FIRST_ROWS = 5_000;
    private static final int MOST_ROWS = 20_000;
    private static final int ROWS_LIMIT = 100_000;
    /** Locks are held so long, and so much is lost when a connection is. */
    private static final Duration TRANSACTION_TIME = Duration.ofSeconds(2);
    private static final long BATCH_BYTES = 8L << 20;
    /** A batch takes some seven times its bytes; beside it one is buffered, and one is read and merged. */
    private static final int BATCHES_IN_HEAP = 24;
    private static final Duration LINGER = Duration.ofMillis(250);
    /** While one batch is in the database the next one is read and merged, and the one before is committed. */
    private static final int WINDOW = 2;
    /** Session summaries come twice a second for whatever moves; of those that wait together only the latest is written. */
    private static final int ACCOUNT_ROWS = 2_000;
    private static final Duration ACCOUNT_LINGER = Duration.ofSeconds(1);
    /** Their answers are committed together, and may have many rows each. */
    private static final int DIGESTS = 32;
    private static final int MOST_THREADS = 64;
    private static final Duration KEEP = Duration.ofDays(90);

    static final KeySection KEYS = KeySection.of(STAGE);
    private static final ConfigKey<Integer> THREADS = KEYS.add(ConfigKey.integer("threads", 1, 1, MOST_THREADS,
            "Threads that write, each with a connection; more than the topic has partitions are idle."));
    private static final PollLoopConfig.Keys LOOP = new PollLoopConfig.Keys(KEYS, StageGroups.WRITER,
            defaultLoop(Topics.ENRICHED));
    private static final ConfigKey<Integer> BATCH_LEAST_ROWS = KEYS.add(ConfigKey.integer("batch.min-rows", LEAST_ROWS,
            1, ROWS_LIMIT,
            "Least rows of a transaction that is cut short, however slow the database is; at most batch.rows."));
    private static final ConfigKey<Duration> BATCH_TRANSACTION_TIME = KEYS.add(ConfigKey.duration(
            "batch.transaction-time", TRANSACTION_TIME,
            "A transaction has as many rows as the database takes in this time, from batch.min-rows to batch.rows.")
            .within(Bounds.POSITIVE));
    private static final ConfigKey<Boolean> SESSIONS_ENABLED = KEYS.add(ConfigKey.flag("sessions.enabled", true,
            "Whether sessions and databases are written into SyncSessions and ProcessedDatabases; false for a login that may not."));
    private static final ConfigKey<Duration> SESSIONS_KEEP = KEYS.add(ConfigKey.duration("sessions.keep", KEEP,
            "How long the row of a session stays after its end; 0s for ever."));
    private static final ConfigKey<Boolean> HISTORY_ENABLED = KEYS.add(ConfigKey.flag("history.enabled", true,
            "Whether each version of a row is written into TokenHistory too. Set to true later, versions that the topic still has come with a replay."));
    private static final ConfigKey<Duration> HISTORY_KEEP = KEYS.add(ConfigKey.duration("history.keep", Duration.ZERO,
            "How long a version stays in TokenHistory after a newer one has superseded it; the newest always stays. 0s for ever. Needs writer.sessions.enabled."));
    private static final ConfigKey<Boolean> VERIFY_ENABLED = KEYS.add(ConfigKey.flag("verify.enabled", true,
            "Whether what the agents say that their nodes hold is compared with the table; false for a login that may not write NodeVerifications."));
    private static final ConfigKey<Duration> VERIFY_KEEP = KEYS.add(ConfigKey.duration("verify.keep", KEEP,
            "How long a row of NodeVerifications stays, unless it is the latest of its node; 0s for ever."));

    static {
        KEYS.include("sql", SqlSettings.KEYS);
    }

    /**
     * The monitor's session summaries.
     *
     * @param topic where they come from
     * @param keep how long the row of a session stays after its end; 0 for ever
     */
    public record Sessions(String topic, Duration keep) {
        public Sessions {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(keep, "keep");
        }
    }

    /**
     * The history.
     *
     * @param enabled whether it is written
     * @param keep how long a superseded version stays; 0 for ever
     */
    public record History(boolean enabled, Duration keep) {
        /** Written, and kept for ever. */
        static final History STANDARD = new History(true, Duration.ZERO);

        public History {
            Objects.requireNonNull(keep, "keep");
        }
    }

    /**
     * The verification of the nodes.
     *
     * @param digestsTopic where the agents say what their nodes hold
     * @param repairsTopic where they are answered
     * @param enrichers whose work has to be done before a node is compared
     * @param keep how long a verification stays; 0 for ever
     */
    public record Verification(String digestsTopic, String repairsTopic, Fence.Hop enrichers, Duration keep) {
        public Verification {
            Objects.requireNonNull(digestsTopic, "digestsTopic");
            Objects.requireNonNull(repairsTopic, "repairsTopic");
            Objects.requireNonNull(enrichers, "enrichers");
            Objects.requireNonNull(keep, "keep");
        }
    }

    public WriterConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(receiptsTopic, "receiptsTopic");
        Objects.requireNonNull(sessions, "sessions");
        Objects.requireNonNull(errors, "errors");
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(verification, "verification");
        if (history.keep().isPositive() && sessions.isEmpty()) {
            throw new IllegalArgumentException(
                    "writer.history.keep needs writer.sessions.enabled: old versions are deleted beside the sessions");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("writer.threads must be at least 1");
        }
    }

    /** Standard batches and waits, one thread, tokens only: for running inside another program. */
    public static WriterConfig of(KafkaSettings kafka, SqlSettings sql) {
        return new WriterConfig(kafka, defaultLoop(Topics.ENRICHED), sql, 1, Topics.RECEIPTS, Optional.empty(),
                SqlErrorOverrides.NONE, bounds(LEAST_ROWS, MOST_ROWS, TRANSACTION_TIME), History.STANDARD,
                Optional.empty());
    }

    /** From the keys of {@code writer}, {@code kafka} and {@code topics}; to be called by {@link Settings#build}. */
    public static WriterConfig from(Settings settings) {
        var _ = settings.build(() -> TopicSet.from(settings)); // an installation's topics may stand in each file
        return new WriterConfig(settings.build(() -> KafkaSettings.from(settings)).orElse(null),
                settings.build(() -> loop(settings)).orElse(null),
                settings.build(() -> SqlSettings.from(settings, "writer.sql")).orElse(null),
                settings.get(THREADS),
                settings.get(TopicKeys.RECEIPTS.name()), sessions(settings),
                SqlErrorOverrides.from(settings),
                settings.build(() -> bounds(settings)).orElse(null),
                new History(settings.get(HISTORY_ENABLED), settings.get(HISTORY_KEEP)), verification(settings));
    }

    /** The same on another cluster, or as another member. */
    public WriterConfig withKafka(KafkaSettings newKafka) {
        return new WriterConfig(newKafka, loop, sql, threads, receiptsTopic, sessions, errors, batch, history,
                verification);
    }

    /** The same with another loop. */
    public WriterConfig withLoop(PollLoopConfig newLoop) {
        return new WriterConfig(kafka, newLoop, sql, threads, receiptsTopic, sessions, errors, batch, history,
                verification);
    }

    /** The same with so many loops. */
    public WriterConfig withThreads(int newThreads) {
        return new WriterConfig(kafka, loop, sql, newThreads, receiptsTopic, sessions, errors, batch, history,
                verification);
    }

    /** The same with the monitor's session summaries from this topic. */
    public WriterConfig withSessions(String topic) {
        return new WriterConfig(kafka, loop, sql, threads, receiptsTopic,
                Optional.of(new Sessions(topic, KEEP)), errors, batch, history, verification);
    }

    /** The same with another history. */
    public WriterConfig withHistory(History newHistory) {
        return new WriterConfig(kafka, loop, sql, threads, receiptsTopic, sessions, errors, batch, newHistory,
                verification);
    }

    /** The same with this verification of the nodes. */
    public WriterConfig withVerification(Verification newVerification) {
        return new WriterConfig(kafka, loop, sql, threads, receiptsTopic, sessions, errors, batch, history,
                Optional.of(newVerification));
    }

    /** The group in which the digests of the nodes are read. */
    public String verificationGroup() {
        return StageGroups.verifications(loop.group());
    }

    /** The loop that reads the digests of the nodes: its own group, so that each database is compared with all of them. */
    PollLoopConfig verificationLoop(Verification of) {
        return loop.withGroup(verificationGroup()).withTopics(List.of(of.digestsTopic()))
                .withBatch(DIGESTS, BATCH_BYTES, LINGER).withWindow(1);
    }

    private static Optional<Verification> verification(Settings settings) {
        Verification verification = new Verification(settings.get(TopicKeys.DIGESTS.name()),
                settings.get(TopicKeys.REPAIRS.name()),
                new Fence.Hop(settings.get(StageGroups.ENRICHER), settings.get(TopicKeys.SCANNED.name())),
                settings.get(VERIFY_KEEP));
        return settings.get(VERIFY_ENABLED) ? Optional.of(verification) : Optional.empty();
    }

    /** The group in which the monitor's session summaries are read. */
    public String summaryGroup() {
        return StageGroups.summaries(loop.group());
    }

    /** The loop that reads the monitor's session summaries: its own group, so that each database gets all of them. */
    PollLoopConfig summaryLoop(String topic) {
        return loop.withGroup(summaryGroup()).withTopics(List.of(topic))
                .withBatch(ACCOUNT_ROWS, BATCH_BYTES, ACCOUNT_LINGER).withWindow(1);
    }

    private static Optional<Sessions> sessions(Settings settings) {
        Sessions sessions = new Sessions(settings.get(TopicKeys.SESSIONS.name()),
                settings.get(SESSIONS_KEEP));
        return settings.get(SESSIONS_ENABLED) ? Optional.of(sessions) : Optional.empty();
    }

    /** The same with other sizes of a transaction. */
    public WriterConfig withBatch(BatchSize.Bounds newBatch) {
        return new WriterConfig(kafka, loop, sql, threads, receiptsTopic, sessions, errors, newBatch, history,
                verification);
    }

    private static BatchSize.Bounds bounds(Settings settings) {
        int most = settings.get(LOOP.rows());
        int least = settings.get(BATCH_LEAST_ROWS, Math.min(LEAST_ROWS, most));
        if (least > most) {
            throw new IllegalArgumentException("writer.batch.min-rows must not be more than writer.batch.rows");
        }
        return bounds(least, most, settings.get(BATCH_TRANSACTION_TIME));
    }

    private static BatchSize.Bounds bounds(int least, int most, Duration time) {
        return new BatchSize.Bounds(least, Math.clamp(FIRST_ROWS, least, most), most, time);
    }

    private static PollLoopConfig loop(Settings settings) {
        return PollLoopConfig.from(settings, LOOP, settings.get(TopicKeys.ENRICHED.name()),
                Runtime.getRuntime().maxMemory() / BATCHES_IN_HEAP / settings.get(THREADS));
    }

    private static PollLoopConfig defaultLoop(String topic) {
        return PollLoopConfig.of(GROUP, topic).withStage(STAGE).withBatch(MOST_ROWS, BATCH_BYTES, LINGER)
                .withWindow(WINDOW);
    }
}

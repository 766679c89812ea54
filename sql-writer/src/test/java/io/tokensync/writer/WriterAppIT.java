package io.tokensync.writer;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.runtime.Supervisor.Role;
import io.tokensync.common.serde.SessionSummarySerde;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.session.SyncSession;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.handler.WriteProgress;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.schema.Schema;
import io.tokensync.writer.session.Summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The writer on a real broker and a database file. */
class WriterAppIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    @TempDir
    private Path dir;

    private final List<WriterApp> apps = new ArrayList<>();
    private String topic;
    private String dead;
    private String group;

    @BeforeEach
    void createTopics() {
        topic = KAFKA.createTopic("enriched", PARTITIONS);
        dead = KAFKA.createTopic("dead", 1);
        group = KAFKA.name("writer");
    }

    @AfterEach
    void closeApps() {
        apps.forEach(WriterApp::close);
    }

    @Test
    void recordsEndInTheTableAndBadOnesInTheDeadLetterTopic() throws Exception {
        migrate();
        List<TokenRecord> records = records(3_000);
        produce(records);
        KAFKA.topics().produce(topic, "k", "{no json");
        WriterApp app = start(1);
        awaitDrained();
        app.close();
        assertThat(table()).isEqualTo(Table.expected(records));
        assertThat(KAFKA.readCommitted(dead)).hasSize(1);
        WriteProgress.Snapshot done = app.progress();
        assertThat(done.consumed()).isEqualTo(3_001);
        assertThat(done.inserted() + done.updated() + done.unchanged() + done.stale() + done.superseded()
                + done.deadLettered()).isEqualTo(done.consumed());
        assertThat(app.termination()).isCompleted();
        assertThat(app.status().snapshot().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void aWriterThatAbandonsItsBatchIsFollowedByOneThatEndsInTheSameTable() throws Exception {
        migrate();
        List<TokenRecord> records = records(6_000);
        produce(records);
        SplittableRandom random = new SplittableRandom();
        for (int life = 0; life < 4; life++) {
            WriterApp app = start(2, Duration.ZERO);
            long enough = random.nextLong(0, 2_000);
            await().atMost(LONGEST_WAIT).until(() -> app.progress().consumed() >= enough || isDrained());
            app.close();
        }
        start(2);
        awaitDrained();
        closeApps();
        assertThat(table()).isEqualTo(Table.expected(records));
        assertThat(KAFKA.readCommitted(dead)).isEmpty();
    }

    @Test
    void twoWritersShareTheWorkAndOneLeavesMidway() throws Exception {
        migrate();
        List<TokenRecord> records = records(6_000);
        WriterApp one = start(1);
        start(1);
        produce(records.subList(0, 3_000));
        await().atMost(LONGEST_WAIT).until(() -> one.progress().consumed() > 0);
        one.close();
        produce(records.subList(3_000, 6_000));
        awaitDrained();
        closeApps();
        assertThat(table()).isEqualTo(Table.expected(records));
    }

    @Test
    void aWriterWaitsForItsDatabaseAndForItsSchemaAndGoesOnByItself() throws Exception {
        List<TokenRecord> records = records(500);
        produce(records);
        WriterApp app = start(1);
        await().atMost(LONGEST_WAIT).until(() -> app.status().snapshot().state() == State.WAITING);
        assertThat(app.status().snapshot().cause()).contains("dbo.TokenRecords is missing");
        assertThat(app.alive()).isTrue();
        migrate();
        awaitDrained();
        closeApps();
        assertThat(table()).isEqualTo(Table.expected(records));
        assertThat(KAFKA.readCommitted(dead)).isEmpty();
    }

    @Test
    void anOutageInTheMiddleIsWaitedForAndNothingIsDeadLettered() throws Exception {
        migrate();
        List<TokenRecord> records = records(2_000);
        WriterApp app = start(1);
        produce(records.subList(0, 1_000));
        await().atMost(LONGEST_WAIT).until(() -> app.progress().consumed() >= 1_000);
        // The table is away, as after a wrong restore: every batch fails until it is back.
        try (Database operator = Database.open(settings(), 1)) {
            new Table(operator.dataSource()).run("ALTER TABLE dbo.TokenRecords RENAME TO Elsewhere");
            produce(records.subList(1_000, 2_000));
            await().atMost(LONGEST_WAIT).until(() -> app.status().snapshot().state() == State.WAITING);
            new Table(operator.dataSource()).run("ALTER TABLE dbo.Elsewhere RENAME TO TokenRecords");
        }
        awaitDrained();
        assertThat(app.progress().sqlErrors()).isPositive();
        closeApps();
        assertThat(table()).isEqualTo(Table.expected(records));
        assertThat(KAFKA.readCommitted(dead)).isEmpty();
    }

    @Test
    void nothingAboutTheSummariesStopsATokenAndTheirLoopGoesOnWhenItCan() throws Exception {
        migrate();
        String sessions = KAFKA.createTopic("sessions", 1);
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger written = new AtomicInteger();
        WriterApp app = WriterApp.create(config(1, Duration.ofSeconds(10)).withSessions(sessions),
                Database.open(settings(), 1), writer -> batch -> {
                    if (broken.get()) {
                        throw new IllegalStateException("a bug in the accounting");
                    }
                    writer.write(batch);
                    written.incrementAndGet();
                }, new SimpleMeterRegistry(), Clock.systemUTC());
        apps.add(app);
        app.start();
        SyncSession session = Summaries.session(1, 1);
        KAFKA.produce(List.of(
                new ProducerRecord<>(sessions, SessionSummarySerde.key(session), SessionSummarySerde.write(session))));
        await().atMost(LONGEST_WAIT)
                .until(() -> app.failing(Role.ACCOUNTING).filter(of -> of.inARow() > 1).isPresent());
        assertThat(app.failing(Role.WORK)).isEmpty();
        List<TokenRecord> records = records(500);
        produce(records);
        awaitDrained();
        await().atMost(LONGEST_WAIT).until(() -> app.status().snapshot().state() == State.FAILED);
        assertThat(app.status().snapshot().cause()).contains("sessions").contains("a bug in the accounting");
        assertThat(app.alive()).isTrue();
        assertThat(app.termination()).isNotDone();
        broken.set(false);
        await().atMost(LONGEST_WAIT).until(() -> written.get() == 1
                && app.status().snapshot().state() == State.RUNNING);
        closeApps();
        assertThat(table()).isEqualTo(Table.expected(records));
    }

    private WriterApp start(int threads) {
        return start(threads, Duration.ofSeconds(10));
    }

    private WriterConfig config(int threads, Duration bound) {
        PollLoopConfig loop = PollLoopConfig.of(group, topic).withBatch(250, 1 << 20, Duration.ofMillis(50))
                .withBounds(bound, bound).withDeadLetterTopic(dead)
                .withRetry(RetryPolicy.standard().atMost(Duration.ofMillis(200)));
        return WriterConfig.of(KafkaSettings.at(KAFKA.bootstrapServers()), settings()).withLoop(loop)
                .withThreads(threads);
    }

    private WriterApp start(int threads, Duration bound) {
        WriterApp app = WriterApp.create(config(threads, bound), new SimpleMeterRegistry(), Clock.systemUTC());
        apps.add(app);
        app.start();
        return app;
    }

    private SqlSettings settings() {
        return SqlSettings.of("jdbc:sqlite:" + dir.resolve("tokens.db"));
    }

    private void migrate() throws Exception {
        try (Database database = Database.open(settings(), 1)) {
            new Schema(database).migrate();
        }
    }

    private Map<TokenKey, Map<String, Object>> table() throws Exception {
        try (Database database = Database.open(settings(), 1)) {
            return new Table(database.dataSource()).rows();
        }
    }

    private void awaitDrained() {
        await().atMost(LONGEST_WAIT).until(this::isDrained);
    }

    private boolean isDrained() throws InterruptedException {
        try (var admin = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())).admin("test")) {
            return new ConsumerLag(admin).isDrained(group, List.of(topic));
        }
    }

    private void produce(List<TokenRecord> records) {
        KAFKA.produce(records.stream().map(
                record -> new ProducerRecord<>(topic, record.key().toRecordKey(), TokenRecordSerde.write(record)))
                .toList());
    }

    /** Several versions of each row, in a random order. */
    private static List<TokenRecord> records(int count) {
        SplittableRandom random = new SplittableRandom(count);
        return IntStream.range(0, count).mapToObj(
                i -> Records.upsert("t" + random.nextInt(count / 3), 1 + random.nextInt(5), "did" + random.nextInt(9)))
                .toList();
    }
}

package io.tokensync.writer.recovery;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.awaitility.pollinterval.IterativePollInterval;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.admin.ConsumerLag.PartitionLag;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.batch.BatchSize;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Writers on the wire endpoint and the broker, what was sent to them, and what must hold whatever they met: the table ends
 * equal to the model, committed offsets are never ahead of it, and nothing is left open.
 */
final class Recovery implements AutoCloseable {
    static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    /** A row that the table is told to reject. */
    static final String POISON = "poison";

    /** Threads of the writer, its Kafka clients and its pool; the broker's are others. */
    private static final List<String> OURS = List.of("tokensync", "kafka-producer-network-thread",
            "kafka-coordinator-heartbeat-thread", "kafka-admin-client-thread");

    private static final Duration LOOK = Duration.ofMillis(20);
    /** Of one loop: polling, working, SQL, heartbeat, producer; of the pool: adding, closing, keeping house. */
    private static final int MOST_THREADS = 8;
    private static final int PARTITIONS = 2;
    static final int BATCH_ROWS = 200;
    private static final Duration BOUND = Duration.ofSeconds(5);

    final String topic;
    final String dead;
    final String group;
    private final EmbeddedKafkaExtension kafka;
    private final SqlServerEndpoint endpoint;
    private final Table table;
    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<WriterApp> apps = new ArrayList<>();
    private final List<TokenRecord> sent = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Map<String, String> kafkaProperties = Map.of();
    private Optional<String> instanceId = Optional.empty();
    private int batchRows = BATCH_ROWS;
    private Optional<BatchSize.Bounds> transactions = Optional.empty();

    /** @param dead the dead-letter topic; others may use it too */
    Recovery(EmbeddedKafkaExtension kafka, SqlServerEndpoint endpoint, String dead) throws SQLException {
        this.kafka = kafka;
        this.endpoint = endpoint;
        this.table = new Table(endpoint.data());
        topic = kafka.createTopic("enriched", PARTITIONS);
        this.dead = dead;
        group = kafka.name("writer");
        table.run("DELETE FROM dbo.TokenRecords");
        endpoint.record().clear();
    }

    /** The tables, once for each endpoint. */
    static void createTables(SqlServerEndpoint endpoint) throws Exception {
        try (Database database = Database.open(settings(endpoint.jdbcUrl(false), endpoint.user(), endpoint.password()),
                1)) {
            new Schema(database).migrate();
        }
    }

    /** The next writers are the one of this name, as after a restart. */
    void instanceId(String id) {
        instanceId = Optional.of(id);
    }

    void kafkaProperties(Map<String, String> properties) {
        kafkaProperties = properties;
    }

    void batchRows(int rows) {
        batchRows = rows;
    }

    void transactions(BatchSize.Bounds bounds) {
        transactions = Optional.of(bounds);
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    /** Sends so many records: several versions of each row, in a random order. */
    void send(int count) {
        List<TokenRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(Records.upsert("t" + random.nextInt(count / 2), 1 + random.nextInt(5),
                    "did" + random.nextInt(9)));
        }
        send(records);
    }

    void send(List<TokenRecord> records) {
        sent.addAll(records);
        kafka.produce(records.stream().map(
                record -> new ProducerRecord<>(topic, record.key().toRecordKey(), TokenRecordSerde.write(record)))
                .toList());
    }

    /** A statement through the front door, as an operator would run it; not while faults are scripted. */
    void operator(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(endpoint.jdbcUrl(false), endpoint.user(),
                endpoint.password()); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    WriterApp start() {
        return start(group, dead);
    }

    WriterApp start(String groupName, String deadLetters) {
        WriterConfig config = config(kafka.bootstrapServers(),
                settings(endpoint.jdbcUrl(false), endpoint.user(), endpoint.password()), topic,
                groupName, deadLetters, batchRows);
        config = transactions.map(config::withBatch).orElse(config);
        KafkaSettings settings = new KafkaSettings(kafka.bootstrapServers(), instanceId, kafkaProperties);
        WriterApp app = WriterApp.create(config.withKafka(settings),
                meters, Clock.systemUTC());
        apps.add(app);
        app.start();
        return app;
    }

    static WriterConfig config(String bootstrapServers, SqlSettings sql, String topic, String group, String dead,
            int batchRows) {
        PollLoopConfig loop = PollLoopConfig.of(group, topic).withStage("writer")
                .withBatch(batchRows, 8 << 20, Duration.ofMillis(20)).withBounds(BOUND, BOUND).withDeadLetterTopic(dead)
                .withRetry(RetryPolicy.standard().atMost(Duration.ofMillis(50)));
        return WriterConfig.of(KafkaSettings.at(bootstrapServers), sql).withLoop(loop);
    }

    /** Timeouts short enough to be met in a test. */
    static SqlSettings settings(String url, String user, String password) {
        return new SqlSettings(url + ";socketTimeout=2500", Optional.of(user), Optional.of(Secret.of(password)),
                Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    void awaitWaiting(WriterApp app) {
        await().atMost(LONGEST_WAIT).until(() -> app.status().snapshot().state() == State.WAITING);
    }

    /** Until everything sent is committed; at each look the offsets must not be ahead of the table. */
    void awaitWritten() throws Exception {
        awaitWritten(group);
    }

    void awaitWritten(String groupName) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> log = kafka.readCommitted(topic);
        try (Admin admin = new KafkaClients(KafkaSettings.at(kafka.bootstrapServers())).admin("test")) {
            ConsumerLag lag = new ConsumerLag(admin);
            soon("everything is written").until(() -> {
                List<PartitionLag> now = lag.of(groupName, List.of(topic));
                assertNotAhead(log, now);
                return now.stream().allMatch(PartitionLag::isDrained);
            });
        }
    }

    /** The offsets were read first, so what they cover must be in the table by now. */
    private void assertNotAhead(List<ConsumerRecord<byte[], byte[]>> log, List<PartitionLag> offsets) throws Exception {
        Map<Integer, Long> committed = offsets.stream()
                .collect(Collectors.toMap(lag -> lag.partition().partition(), PartitionLag::committed));
        Map<TokenKey, Long> covered = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : log) {
            if (record.offset() < committed.get(record.partition())) {
                TokenRecord read = TokenRecordSerde.read(record.value());
                if (!isPoison(read)) {
                    covered.merge(read.key(), read.recordVersion(), Math::max);
                }
            }
        }
        Map<TokenKey, Map<String, Object>> rows = table.rows();
        covered.forEach((key, version) -> assertThat((Long) rows.getOrDefault(key, Map.of("record_version", 0L))
                .get("record_version")).as("version of %s, whose records are committed", key)
                .isGreaterThanOrEqualTo(version));
    }

    /** A writer in a process of its own. */
    WriterProcess startProcess(Optional<String> instanceId) {
        return WriterProcess.start(kafka.bootstrapServers(), endpoint, this, instanceId);
    }

    void closeApps() {
        apps.forEach(WriterApp::close);
    }

    /** What must hold in the end. */
    void assertConverged() throws Exception {
        closeApps();
        assertEqualToModel();
        soon("connections that are still open").until(() -> endpoint.record().connectionsOpen() == 0);
        soon("threads that still run").until(this::newThreads, List::isEmpty);
    }

    /** What must hold when everything is written. */
    void assertEqualToModel() throws Exception {
        assertThat(table.rows()).isEqualTo(Table.expected(sent.stream().filter(r -> !isPoison(r)).toList()));
        long poison = sent.stream().filter(Recovery::isPoison).count();
        assertThat(deadLetters()).hasSize((int) poison);
    }

    /** What must hold while the only writer goes on: it has its connection, and what it ran in the beginning. */
    void assertNoMoreOpen(WriterApp app) {
        soon("the writer runs").until(() -> app.status().snapshot().state() == State.RUNNING);
        soon("connections that are still open").until(() -> endpoint.record().connectionsOpen() <= 1);
        List<String> threads = newThreads();
        assertThat(threads).hasSizeLessThanOrEqualTo(MOST_THREADS);
    }

    /** Those of this test's records. */
    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return kafka.readCommitted(dead).stream()
                .filter(deadLetter -> topic.equals(DeadLetter.read(deadLetter).map(Recovery::origin).orElse("")))
                .toList();
    }

    private static String origin(DeadLetter deadLetter) {
        return deadLetter.origin() instanceof DeadLetter.FromTopic from ? from.topic() : "";
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(LONGEST_WAIT).pollDelay(Duration.ZERO)
                .pollInterval(IterativePollInterval.iterative(before -> before.multipliedBy(2), LOOK));
    }

    private List<String> newThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !threadsBefore.contains(thread))
                .map(Thread::getName)
                .filter(name -> OURS.stream().anyMatch(name::startsWith) || name.startsWith(group)).toList();
    }

    private static boolean isPoison(TokenRecord record) {
        return record.change() instanceof Change.Upsert(TokenRow row)
                && POISON.equals(row.did());
    }

    @Override
    public void close() {
        closeApps();
        endpoint.script().clear();
    }
}

package io.tokensync.cli.access;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.admin.ConsumerLag.PartitionLag;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.topics.TopicReader;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Restarts;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.StartedBy;
import io.tokensync.enricher.EnricherApp;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.ipfs.Cid;
import io.tokensync.monitor.MonitorApp;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.state.VerificationRequest;
import io.tokensync.scanner.state.VerificationRequests;
import io.tokensync.testkit.kafka.SecuredKafka;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/**
 * All stages in this process, each with a login of its own at a secured broker, from a node's database to a file of SQLite. What
 * waits in production for a minute waits here for parts of a second. No source has any content, so that every row is asked for
 * again on all topics of retries.
 */
final class GuardedInstallation implements AutoCloseable {
    static final List<KafkaRole> STAGES = List.of(KafkaRole.SCANNER, KafkaRole.ENRICHER, KafkaRole.WRITER,
            KafkaRole.MONITOR);
    private static final Restarts SOON = new Restarts(Duration.ofMillis(200), Duration.ofSeconds(1));

    private final SecuredKafka kafka;
    private final Function<KafkaRole, Map<String, String>> logins;
    private final Path directory;
    private final Closer closer = new Closer();
    private final Map<KafkaRole, Service> stages = new EnumMap<>(KafkaRole.class);
    private final Producer<byte[], byte[]> others;
    private int tokens;
    private long worked;

    /** @param logins of the roles, as a client's properties have them */
    GuardedInstallation(Path directory, SecuredKafka kafka, Function<KafkaRole, Map<String, String>> logins)
            throws Exception {
        this.kafka = kafka;
        this.directory = directory;
        this.logins = logins;
        TopicSet.local(1).create(kafka.admin());
        try (Database target = Database.open(SqlSettings.of(url()), 1)) {
            new Schema(target).migrate();
        }
        Files.createDirectories(node().getParent());
        node("CREATE TABLE TokensTable (token_id text, parent_token_id text, token_value real, did text,"
                + " token_status integer, PRIMARY KEY (token_id))");
        others = closer.register(administrator().producer("others", Duration.ofMinutes(1)));
    }

    /** Starts a stage, again after it was stopped. */
    void start(KafkaRole role) {
        Service stage = switch (role) {
            case SCANNER -> ScannerApp.create(ScannerConfig.from(settings(role, Map.of("scanner.roots",
                    List.of(nodes().toString()), "scanner.state-dir", directory.resolve("state").toString(),
                    "scanner.source-ip", "10.20.0.1", "scanner.interval", "100ms"))), new SimpleMeterRegistry(),
                    Clock.systemUTC());
            case ENRICHER -> EnricherApp.create(EnricherConfig.from(settings(role, Map.of("enricher.kubo.endpoints",
                    List.of("http://127.0.0.1:1"), "enricher.gateway.endpoints", List.of(), "enricher.wait", "50ms",
                    "content.retry.first-delay", "50ms", "content.retry.longest-delay", "200ms", "content.retry.wait",
                    "50ms"))),
                    new SimpleMeterRegistry(), Clock.systemUTC());
            case WRITER -> WriterApp.create(WriterConfig.from(settings(role, Map.of("writer.sql.url", url()))),
                    new SimpleMeterRegistry(), Clock.systemUTC());
            case MONITOR -> MonitorApp.create(MonitorConfig.from(settings(role, Map.of("monitor.page.port", "0",
                    "monitor.alerts.webhook.url", "http://127.0.0.1:1/"))), SOON, new SimpleMeterRegistry(),
                    Clock.systemUTC());
            case OPERATOR -> throw new IllegalArgumentException("no stage");
        };
        stages.put(role, closer.register(stage));
        stage.start();
    }

    void stop(KafkaRole role) {
        stages.remove(role).close();
    }

    Service stage(KafkaRole role) {
        return stages.get(role);
    }

    /** A token for the table, a row and records that can only be dead-lettered, by each of the stages. */
    void work() {
        worked++;
        node("INSERT INTO TokensTable (token_id) VALUES (NULL)");
        token();
        new VerificationRequests(directory.resolve("state")).add(new VerificationRequest("n", true, Instant.now()));
        var _ = others.send(VerificationSerde.toRecord(Topics.DIGESTS, digest()));
        for (String topic : List.of(Topics.SCANNED, Topics.ENRICHED, Topics.RECEIPTS)) {
            var _ = others.send(new ProducerRecord<>(topic, "k".getBytes(StandardCharsets.UTF_8),
                    "{no json".getBytes(StandardCharsets.UTF_8)));
        }
        others.flush();
    }

    /** Of a node that the table has nothing of, so that the verifier looks how far the stages are. */
    private static NodeDigest digest() {
        BucketSums.Builder rows = new BucketSums.Builder();
        rows.add("Qm1", 1);
        String id = "5c4f7a2e-0000-4000-8000-000000000001";
        return new NodeDigest("10.20.0.9", "nowhere", id, id, "/nowhere/rubix.db", 1, Instant.EPOCH, StartedBy.SCHEDULE,
                false, rows.sums().digest(), rows.sums().reduced(), NodeDigest.Repaired.NOTHING);
    }

    /** A token for the table. */
    void token() {
        String id = Cid.v0Of(("token " + tokens++).getBytes(StandardCharsets.UTF_8)).toString();
        try (Connection connection = connect(node());
                PreparedStatement insert = connection.prepareStatement("INSERT INTO TokensTable (token_id,"
                        + " parent_token_id, token_value, did, token_status) VALUES (?, '', 1.0, 'did', 0)")) {
            insert.setString(1, id);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until every token is in the table, receipts and requests for content are read, and every stage runs. */
    void awaitAll(Duration longest) throws InterruptedException {
        Map<TopicPartition, Long> unread = lags().stream()
                .collect(Collectors.toMap(PartitionLag::partition, PartitionLag::written));
        await("all rows", longest).until(this::isComplete);
        await("all receipts and requests", longest).until(
                () -> lags().stream().allMatch(lag -> lag.committed() >= unread.get(lag.partition())));
        stages.keySet().forEach(role -> awaitRunning(role, longest));
    }

    void awaitRunning(KafkaRole role, Duration longest) {
        await(role + " runs", longest).until(() -> stage(role).status().snapshot().state() == State.RUNNING);
    }

    /** Looks at once: most of what is waited for is there already. */
    private static ConditionFactory await(String what, Duration longest) {
        return Awaitility.await(what).atMost(longest).pollDelay(Duration.ZERO).dontCatchUncaughtExceptions();
    }

    private List<PartitionLag> lags() throws InterruptedException {
        ConsumerLag lag = new ConsumerLag(kafka.admin());
        List<PartitionLag> lags = new ArrayList<>(lag.of(StageGroups.MONITOR.standard(), List.of(Topics.RECEIPTS)));
        lags.addAll(lag.of(StageGroups.retries(StageGroups.ENRICHER.standard()),
                InstallationNames.from(Settings.of(Map.of())).retries()));
        return lags;
    }

    /** How often {@link #work} was called. */
    long worked() {
        return worked;
    }

    /** Dead letters by the stage that they come from. */
    Map<String, Long> deadLetters() {
        Map<String, Long> counts = new TreeMap<>();
        new TopicReader(administrator()).read(Topics.DEAD_LETTER, record -> counts
                .merge(DeadLetter.read(record).orElseThrow().stage(), 1L, Long::sum));
        return counts;
    }

    private KafkaClients administrator() {
        return new KafkaClients(
                KafkaSettings.at(kafka.bootstrapServers()).withProperties(kafka.administrator()));
    }

    private boolean isComplete() {
        try (Connection connection = SqlConnections.openToRead(SqlSettings.of(url()));
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM dbo.TokenRecords")) {
            return found.next() && found.getInt(1) == tokens;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closer.close();
    }

    private Settings settings(KafkaRole role, Map<String, ?> own) {
        String stage = role.option();
        Map<String, Object> all = new HashMap<>(own);
        all.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        logins.apply(role).forEach((key, value) -> all.put("kafka.properties." + key, value));
        // A member that is gone is waited for no longer than that.
        all.put("kafka.properties.session.timeout.ms", "2000");
        all.put("kafka.properties.heartbeat.interval.ms", "300");
        if (role == KafkaRole.MONITOR) {
            // What a thread that may not commit leaves open, whoever comes next has to wait for.
            all.put("kafka.properties.transaction.timeout.ms", "3000");
        } else {
            all.put(stage + ".retry.first-wait", "100ms");
            all.put(stage + ".retry.longest-wait", "300ms");
            all.put(stage + ".retry.throttled-wait", "300ms");
            all.put(stage + ".retry.conflict-wait", "100ms");
            all.put(stage + ".retry.probe-wait", "300ms");
        }
        return Settings.of(all);
    }

    private Path nodes() {
        return directory.resolve("nodes");
    }

    private Path node() {
        return nodes().resolve("n").resolve("Rubix").resolve("rubix.db");
    }

    private void node(String sql) {
        try (Connection connection = connect(node()); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("tokens.db");
    }
}

package io.tokensync.standalone.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.enricher.EnricherApp;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.ipfs.Cid;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.state.VerificationRequest;
import io.tokensync.scanner.state.VerificationRequests;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.awaitility.Awaitility.await;

/** Agents, an enricher and a writer on topics of their own, from nodes' databases to a table of SQLite that anybody may change. */
final class VerifiedPipeline implements AutoCloseable {
    static final String NODE = "n";
    static final String MACHINE = "10.20.0.1";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final int RETRY_TOPICS = 5;

    private final EmbeddedKafkaExtension kafka;
    private final Path directory;
    private final Closer closer = new Closer();
    private final Map<String, Object> common = new HashMap<>();
    private final Map<String, ScannerApp> agents = new HashMap<>();
    private WriterApp writer;

    VerifiedPipeline(EmbeddedKafkaExtension kafka, Path directory) throws Exception {
        this.kafka = kafka;
        this.directory = directory;
        common.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        Map.of("scanned", 3, "enriched", 3, "dead-letter", 1, "receipts", 1, "sessions", 1, "digests", 1, "repairs", 1)
                .forEach((topic, partitions) -> common.put("topics." + topic + ".name",
                        kafka.createTopic(topic, partitions)));
        String retries = kafka.name("retry");
        for (int step = 1; step <= RETRY_TOPICS; step++) {
            kafka.topics().create(Topics.contentRetry(retries, step), 1);
        }
        common.put("topics.content-retry.name", retries);
        common.put("enricher.group", kafka.name("enricher"));
        common.put("writer.group", kafka.name("writer"));
        try (Database database = Database.open(SqlSettings.of(url()), 1)) {
            new Schema(database).migrate();
        }
        EnricherApp enricher = closer.register(EnricherApp.create(EnricherConfig.from(settings(Map.of(
                "enricher.kubo.endpoints", List.of("http://127.0.0.1:1"), "enricher.gateway.endpoints", List.of(),
                "enricher.wait", "50ms"))), new SimpleMeterRegistry(), Clock.systemUTC()));
        enricher.start();
        startWriter();
    }

    void startWriter() {
        writer = WriterApp.create(WriterConfig.from(settings(Map.of("writer.sql.url", url(), "writer.batch.linger",
                "20ms"))), new SimpleMeterRegistry(), Clock.systemUTC());
        writer.start();
    }

    void stopWriter() {
        writer.close();
    }

    /** Forgets all records of the topic, when there are so many. */
    void forget(String topic, int records) throws Exception {
        await("records of " + topic).atMost(LONGEST_WAIT).until(() -> kafka.readCommitted(topic).size() >= records);
        try (Admin admin = new KafkaClients(KafkaSettings.at(kafka.bootstrapServers())).admin("test")) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            new ConsumerLag(admin).of("none", List.of(topic)).forEach(
                    lag -> all.put(lag.partition(), RecordsToDelete.beforeOffset(lag.written())));
            admin.deleteRecords(all).all().get();
        }
    }

    String topic(String name) {
        return (String) common.get("topics." + name + ".name");
    }

    /** An agent with a state, and nodes, of its own. */
    void startAgent(String name) {
        ScannerApp agent = ScannerApp.create(ScannerConfig.from(settings(Map.of("scanner.roots",
                List.of(nodes(name).toString()), "scanner.state-dir", state(name).toString(), "scanner.source-ip",
                MACHINE, "scanner.interval", "100ms"))), new SimpleMeterRegistry(), Clock.systemUTC());
        agents.put(name, agent);
        agent.start();
    }

    void stopAgent(String name) {
        agents.remove(name).close();
    }

    void loseState(String name) throws IOException {
        try (Stream<Path> files = Files.walk(state(name))) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Makes the agent's node with so many tokens. */
    void makeNode(String agent, int first, int tokens) throws Exception {
        Path file = file(agent);
        Files.createDirectories(file.getParent());
        List<String> statements = new ArrayList<>(
                List.of("CREATE TABLE TokensTable (token_id text, parent_token_id text,"
                        + " token_value real, did text, token_status integer, PRIMARY KEY (token_id))"));
        for (int number = first; number < first + tokens; number++) {
            statements.add("INSERT INTO TokensTable VALUES ('" + id(number) + "', '', 1.0, 'did', 0)");
        }
        onNode(agent, statements.toArray(String[]::new));
    }

    /** Runs statements on the agent's node. */
    void onNode(String agent, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(agent));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /** Runs statements on the table, as somebody may by hand. */
    void onTable(String... statements) throws SQLException {
        try (Connection connection = SqlConnections.open(SqlSettings.of(url()));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static String id(int number) {
        return Cid.v0Of(("token " + number).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Asks for a verification, and waits until it and what comes of it are over; returns all outcomes since. */
    List<String> verify(String agent) throws SQLException {
        long before = verifications().size();
        new VerificationRequests(state(agent)).add(new VerificationRequest(NODE, true, Instant.now()));
        await("verification of " + NODE).atMost(LONGEST_WAIT).until(() -> verifications().size() > before
                && !verifications().getLast().startsWith("differs"));
        return verifications().subList((int) before, verifications().size());
    }

    /** What each verification was begun for, and has found. */
    List<String> verifications() throws SQLException {
        return query("SELECT outcome || ' ' || started_by FROM dbo.NodeVerifications ORDER BY verified_at, watermark");
    }

    void awaitVerified(String last) {
        await(last).atMost(LONGEST_WAIT).until(() -> !verifications().isEmpty()
                && verifications().getLast().equals(last));
    }

    void awaitEqual(String agent) {
        await("the table is equal").atMost(LONGEST_WAIT).until(() -> rows().equals(truth(agent)));
    }

    /** The living rows of the table. */
    Set<String> rows() throws SQLException {
        return new TreeSet<>(query("SELECT token_id || ' ' || did || ' ' || token_status FROM dbo.TokenRecords"
                + " WHERE deleted_version = 0"));
    }

    /** The rows of the node. */
    Set<String> truth(String agent) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(agent))) {
            return new TreeSet<>(query(connection,
                    "SELECT token_id || ' ' || did || ' ' || token_status FROM TokensTable"));
        }
    }

    List<String> query(String sql) throws SQLException {
        try (Connection connection = SqlConnections.openToRead(SqlSettings.of(url()))) {
            return query(connection, sql);
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private Settings settings(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(common);
        all.putAll(own);
        return Settings.of(all);
    }

    private Path nodes(String agent) {
        return directory.resolve(agent).resolve("nodes");
    }

    private Path state(String agent) {
        return directory.resolve(agent).resolve("state");
    }

    private Path file(String agent) {
        return nodes(agent).resolve(NODE).resolve("Rubix").resolve("rubix.db");
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("tokens.db");
    }

    @Override
    public void close() {
        agents.values().forEach(ScannerApp::close);
        writer.close();
        closer.close();
    }
}

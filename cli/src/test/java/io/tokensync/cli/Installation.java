package io.tokensync.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;

import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.demo.jdbc.TableVerdict;
import io.tokensync.standalone.demo.jdbc.TruthCheck;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** A broker in this process, a file of SQLite and simulated nodes, for stages in processes of their own. */
final class Installation implements AutoCloseable {
    private static final String SOURCE_IP = "10.20.0.1";
    private static final int PARTITIONS = 4;

    private final Closer closer = new Closer();
    private final Path directory;
    private final EmbeddedKafka broker;
    private final Admin admin;
    private final Truth truth;

    Installation(Path directory, SimulationPlan plan) throws Exception {
        this.directory = directory;
        this.truth = Simulation.write(plan);
        this.broker = closer.register(EmbeddedKafka.start(directory.resolve("kafka")));
        this.admin = closer.register(new KafkaClients(KafkaSettings.at(broker.bootstrapServers())).admin("test"));
        TopicSet.local(PARTITIONS).create(admin);
        try (Database target = Database.open(SqlSettings.of(url()), 1)) {
            new Schema(target).migrate();
        }
    }

    Truth truth() {
        return truth;
    }

    /** A scanner over the whole simulation. */
    StageProcess scanner(Path nodes) throws Exception {
        return scanner("scanner", nodes, SOURCE_IP);
    }

    /** A scanner over a part of it, as the agent of a machine of its own. */
    StageProcess scanner(String name, Path nodes, String sourceIp) throws Exception {
        return stage("scanner", name, """
                scanner:
                  roots: ["%s"]
                  state-dir: "%s"
                  source-ip: %s
                  interval: 200ms
                  page-rows: 300
                """.formatted(nodes.toAbsolutePath(), directory.resolve("state-" + name), sourceIp));
    }

    StageProcess enricher() throws Exception {
        return stage("enricher", "enricher", """
                enricher:
                  batch:
                    rows: 300
                """);
    }

    /** @param name tells several writers apart */
    StageProcess writer(String name) throws Exception {
        return stage("writer", name, """
                writer:
                  sql:
                    url: "%s"
                  batch:
                    rows: 300
                """.formatted(url()));
    }

    /** @param name tells several monitors apart */
    StageProcess monitor(String name) throws Exception {
        return stage("monitor", name, """
                monitor:
                  page:
                    enabled: false
                """);
    }

    /** A configuration with which commands find the broker. */
    Path config() throws Exception {
        Path config = directory.resolve("operator.yaml");
        Files.writeString(config, "kafka:\n  bootstrap-servers: " + broker.bootstrapServers() + "\n");
        return config;
    }

    /** The numbers that a query answers with, one a column, of its only row. */
    List<Long> numbers(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            List<Long> numbers = new ArrayList<>();
            for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                numbers.add(result.getLong(column));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private StageProcess stage(String command, String name, String settings) throws Exception {
        Path config = directory.resolve(name + ".yaml");
        Files.writeString(config, """
                kafka:
                  bootstrap-servers: %s
                  instance-id: %s
                  properties:
                    session.timeout.ms: 6000
                admin:
                  port: 0
                """.formatted(broker.bootstrapServers(), name) + settings);
        StageProcess stage = StageProcess.start(directory.resolve(name + ".log"), command, "--config",
                config.toString());
        return closer.register(stage);
    }

    /** Records on both topics and rows in the table: it only grows while the stages work. */
    long progress() throws InterruptedException {
        return new ConsumerLag(admin).of("tokensync-enricher", List.of(Topics.SCANNED, Topics.ENRICHED)).stream()
                .mapToLong(ConsumerLag.PartitionLag::written).sum() + rows();
    }

    /** Rows of the table. */
    long rows() {
        return numbers("SELECT COUNT(*) FROM dbo.TokenRecords").getFirst();
    }

    /** Whether both groups have committed all there is. */
    boolean isDrained() throws InterruptedException {
        ConsumerLag lag = new ConsumerLag(admin);
        return lag.isDrained("tokensync-enricher", List.of(Topics.SCANNED))
                && lag.isDrained("tokensync-writer", List.of(Topics.ENRICHED));
    }

    TableVerdict check() throws Exception {
        try (Connection connection = connect()) {
            return TruthCheck.check(truth, connection, SOURCE_IP);
        }
    }

    @Override
    public void close() {
        closer.close();
    }

    private Connection connect() throws SQLException {
        return SqlConnections.openToRead(SqlSettings.of(url()));
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("tokens.db");
    }
}

package io.tokensync.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Settings;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.enricher.EnricherApp;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorApp;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The rights of {@code components/strimzi/users.yaml} on a real broker: each process does its work with its own, and no more. */
class KafkaRightsIT {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final int TOKENS = 200;

    @TempDir
    private Path directory;

    private KafkaWithRights kafka;

    @BeforeEach
    void startTheBrokerAndMakeTheTopicsAsTheOperator() throws Exception {
        List<JsonNode> users = Manifests
                .parse(Files.readString(Manifests.KUBERNETES.resolve("components/strimzi/users.yaml")));
        kafka = new KafkaWithRights(directory.resolve("kafka"), users);
        assertThat(command("topics", "create").exitCode()).isEqualTo(ExitCode.DONE);
    }

    @AfterEach
    void stopTheBroker() {
        kafka.close();
    }

    @Test
    void everyStageDoesItsWorkWithItsOwnRights() throws Exception {
        Simulation.write(SimulationPlan.of(directory.resolve("nodes"), 2, TOKENS, 1).withMachines(1));
        try (Database database = Database.open(SqlSettings.of(url()), 1)) {
            new Schema(database).migrate();
            try (MonitorApp monitor = monitor();
                    WriterApp writer = writer();
                    EnricherApp enricher = enricher();
                    ScannerApp scanner = scanner()) {
                monitor.start();
                writer.start();
                enricher.start();
                scanner.start();
                scanner.termination().get();
                await().atMost(LONGEST_WAIT).untilAsserted(() -> assertThat(monitor.views().sessions()).isNotEmpty()
                        .allSatisfy(session -> assertThat(session.status()).isIn(SessionStatus.COMPLETED,
                                SessionStatus.COMPLETED_WITH_ERRORS)));
                await().atMost(LONGEST_WAIT).until(() -> count(database, "SyncSessions") == 1);
                assertThat(count(database, "TokenRecords")).isPositive();
                // nothing of a stage waits for a right: loops of retries and of session summaries neither
                assertThat(List.of(monitor.status(), writer.status(), enricher.status())).allSatisfy(status -> {
                    assertThat(status.snapshot().state()).isEqualTo(StageStatus.State.RUNNING);
                    assertThat(status.parts()).allSatisfy(part -> assertThat(part.now().state())
                            .isEqualTo(StageStatus.State.RUNNING));
                });
            }
        }
        commandsWorkAndTheScalerLooks();
    }

    @Test
    void noStageMayWriteWhatAnotherWrites() {
        Map<String, List<String>> others = Map.of("scanner", List.of(Topics.ENRICHED, Topics.SESSIONS), "enricher",
                List.of(Topics.SCANNED, Topics.SESSIONS), "writer",
                List.of(Topics.SCANNED, Topics.ENRICHED, Topics.SESSIONS), "monitor",
                List.of(Topics.SCANNED, Topics.ENRICHED, Topics.RECEIPTS), "scaler", List.of(Topics.SCANNED));
        others.forEach((stage, topics) -> {
            try (Producer<byte[], byte[]> producer = new KafkaClients(kafka.as("tokensync-" + stage)).producer(stage,
                    Duration.ofMinutes(1))) {
                topics.forEach(topic -> assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[1]))
                        .get()).as(stage + " to " + topic).hasRootCauseInstanceOf(AuthorizationException.class));
            }
        });
    }

    private void commandsWorkAndTheScalerLooks() throws Exception {
        assertThat(command("status").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(command("dlq", "list").exitCode()).isEqualTo(ExitCode.DONE);
        CommandLineOutput replay = command("replay", "--topic", Topics.ENRICHED, "--from", "beginning");
        assertThat(replay.exitCode()).as(replay.err()).isEqualTo(ExitCode.DONE);
        try (Admin scaler = new KafkaClients(kafka.as("tokensync-scaler")).admin("scaler")) {
            ConsumerLag lag = new ConsumerLag(scaler);
            assertThat(lag.of("tokensync-enricher", List.of(Topics.SCANNED))).isNotEmpty();
            assertThat(lag.of("tokensync-writer", List.of(Topics.ENRICHED))).isNotEmpty();
        }
        try (Admin monitor = new KafkaClients(kafka.as("tokensync-monitor")).admin("monitor")) {
            assertThat(new ConsumerLag(monitor).of("tokensync-enricher", List.of(Topics.SCANNED))).isNotEmpty();
        }
    }

    private CommandLineOutput command(String... words) throws IOException {
        String yaml = kafka.keys("tokensync-operator").entrySet().stream()
                .map(key -> key.getKey() + ": '" + key.getValue() + "'\n").collect(Collectors.joining());
        Path file = Files.writeString(directory.resolve("operator.yaml"), yaml);
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--config";
        all[words.length + 1] = file.toString();
        return CommandLineOutput.of(all);
    }

    private ScannerApp scanner() {
        Settings settings = settings("scanner", Map.of("scanner.roots", List.of(directory.resolve("nodes").toString()),
                "scanner.state-dir", directory.resolve("state").toString(), "scanner.once", "true",
                "scanner.source-ip", "10.20.0.1"));
        return ScannerApp.create(settings.build(() -> ScannerConfig.from(settings)).orElseThrow(),
                new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private EnricherApp enricher() {
        Settings settings = settings("enricher", Map.of());
        return EnricherApp.create(settings.build(() -> EnricherConfig.from(settings)).orElseThrow(),
                new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private WriterApp writer() {
        Settings settings = settings("writer", Map.of("writer.sql.url", url()));
        return WriterApp.create(settings.build(() -> WriterConfig.from(settings)).orElseThrow(),
                new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private MonitorApp monitor() {
        Settings settings = settings("monitor", Map.of("monitor.page.enabled", "false"));
        return MonitorApp.create(settings.build(() -> MonitorConfig.from(settings)).orElseThrow(),
                new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private Settings settings(String stage, Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(kafka.keys("tokensync-" + stage));
        all.putAll(more);
        return Settings.of(all);
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("tokens.db");
    }

    private static long count(Database database, String table) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        }
    }
}

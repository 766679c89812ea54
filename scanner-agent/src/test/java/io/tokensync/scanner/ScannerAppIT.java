package io.tokensync.scanner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.Outcome;
import io.tokensync.scanner.config.ContentConfig;
import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.publish.PublishConfig;
import io.tokensync.scanner.publish.PublishTopics;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSettings.Login;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The agent as a process runs it, with a real broker. Each test has a machine of its own. */
class ScannerAppIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @TempDir
    Path directory;
    private Path root;
    private String machine;

    @BeforeAll
    static void topics() {
        KAFKA.topics().create(Topics.SCANNED, 3);
        KAFKA.topics().create(Topics.DEAD_LETTER, 1);
        KAFKA.topics().create(Topics.DIGESTS, 1);
        KAFKA.topics().create(Topics.REPAIRS, 1);
    }

    @BeforeEach
    void machine() throws IOException {
        root = Files.createDirectory(directory.resolve("nodes"));
        machine = KAFKA.name("machine");
    }

    @Test
    void oneScanCycleEndsWhenEverythingIsAcknowledged() throws Exception {
        try (TestNode node = TestNode.create(root, "n")) {
            node.tokens(0, 500);
            node.execute("INSERT INTO TokensTable (token_id) VALUES (NULL)");
            ScanReport report = once();
            assertThat(report.rows().published()).isEqualTo(500);
            assertThat(states()).hasSize(500);
            assertThat(deadLetters()).singleElement().satisfies(deadLetter -> {
                assertThat(deadLetter.reason()).isEqualTo("token_id_missing");
                assertThat(deadLetter.origin()).isInstanceOfSatisfying(DeadLetter.FromDatabase.class,
                        from -> assertThat(from.dbPath()).isEqualTo(node.file().toString()));
            });
            node.status(3, 4).delete(4);
            assertThat(once().rows().published()).isEqualTo(1);
            Map<TokenKey, TokenState> states = states();
            assertThat(states.get(key(3)).row().fields().tokenStatus()).isEqualTo("4");
            assertThat(states.get(key(4)).deletion()).isNotNull();
        }
    }

    @Test
    void whatASingleScanCycleIsAnsweredTheNextOneRepairs() throws Exception {
        try (TestNode node = TestNode.create(root, "n").tokens(0, 20)) {
            assertThat(once().rows().published()).isEqualTo(20);
            NodeDigest digest = VerificationSerde.readDigest(KAFKA.readCommitted(Topics.DIGESTS).getLast().value());
            assertThat(digest.sourceIp()).isEqualTo(machine);
            assertThat(digest.rows()).isEqualTo(20);
            KAFKA.produce(List.of(VerificationSerde.toRecord(Topics.REPAIRS, new NodeVerdict(machine, "n",
                    digest.agentId(), digest.watermark(), digest.asOf(), Outcome.DIFFERS, 1, 64, 0, 1,
                    IntStream.range(0, 64).boxed().toList(),
                    List.of(new NodeVerdict.TableRow(TestNode.id("by hand"), 1, 1)), true))));
            ScanReport repair = once();
            assertThat(repair.rows().published()).as("the table has none of them").isEqualTo(20);
            assertThat(repair.rows().deleted()).isOne();
            assertThat(states().get(key("by hand")).deletion()).isNotNull();
            assertThat(once().rows().published()).as("answered").isZero();
            assertThat(node.file()).exists();
        }
    }

    @Test
    void aRunningAgentFollowsTheNodeUntilItIsClosed() {
        try (TestNode node = TestNode.create(root, "n"); ScannerApp app = app(config(KAFKA.bootstrapServers()))) {
            node.tokens(0, 5);
            app.start();
            await().atMost(1, TimeUnit.MINUTES).untilAsserted(() -> assertThat(states()).hasSize(5));
            node.status(2, 9);
            await().atMost(1, TimeUnit.MINUTES).untilAsserted(
                    () -> assertThat(states().get(key(2)).row().fields().tokenStatus()).isEqualTo("9"));
            app.close();
            assertThat(app.termination()).isCompleted();
            assertThat(app.status().snapshot().state()).isEqualTo(StageStatus.State.STOPPED);
        }
    }

    @Test
    void aBrokerThatIsAwayIsWaitedForAndSaid() throws Exception {
        try (TestNode node = TestNode.create(root, "n");
                ScannerApp app = app(config("127.0.0.1:1", Map.of("max.block.ms", "500")).withOnce())) {
            node.tokens(0, 5);
            app.start();
            await().atMost(1, TimeUnit.MINUTES)
                    .until(() -> app.status().snapshot().state() == StageStatus.State.WAITING);
            assertThat(app.status().snapshot().cause()).isNotBlank();
            assertThat(app.termination()).isNotDone();
        }
        assertThat(once().rows().published()).isEqualTo(5);
    }

    private ScanReport once() throws Exception {
        try (ScannerApp app = app(config(KAFKA.bootstrapServers()).withOnce())) {
            app.start();
            app.termination().get(2, TimeUnit.MINUTES);
            return app.lastReport().orElseThrow();
        }
    }

    private static ScannerApp app(ScannerConfig config) {
        return ScannerApp.create(config, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private ScannerConfig config(String broker) {
        return config(broker, Map.of());
    }

    private ScannerConfig config(String broker, Map<String, String> properties) {
        return new ScannerConfig(DiscoveryConfig.of(root), ReadingConfig.DEFAULT,
                PostgresSettings.of(Login.NONE), StatusFilter.ALL,
                new DeletionLimits(0.5, Duration.ofMinutes(1), Set.of()), ScannerConfig.Identity.of(machine),
                directory.resolve("state"),
                ContentConfig.DEFAULT,
                new ScannerConfig.Schedule(false, Duration.ofMillis(100), 0.5, 0, Duration.ofHours(24)),
                KafkaSettings.at(broker).withProperties(properties), new PublishConfig(PublishTopics.STANDARD, 1_000,
                        RetryPolicy.standard().atMost(Duration.ofMillis(200))));
    }

    private TokenKey key(Object content) {
        return new TokenKey(machine, "n", TestNode.id(content));
    }

    private Map<TokenKey, TokenState> states() throws UnreadableRecordException {
        Map<TokenKey, TokenState> states = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : KAFKA.readCommitted(Topics.SCANNED)) {
            TokenRecord token = TokenRecordSerde.read(record.value());
            if (token.key().sourceIp().equals(machine)) {
                assertThat(new String(record.key(), StandardCharsets.UTF_8)).startsWith(machine + "|n|");
                states.merge(token.key(), TokenState.of(token), TokenState::merge);
            }
        }
        return states;
    }

    private List<DeadLetter> deadLetters() {
        return KAFKA.readCommitted(Topics.DEAD_LETTER).stream().map(DeadLetter::read)
                .map(deadLetter -> deadLetter.orElseThrow())
                .filter(deadLetter -> deadLetter.origin() instanceof DeadLetter.FromDatabase from
                        && machine.equals(from.sourceIp()))
                .toList();
    }
}

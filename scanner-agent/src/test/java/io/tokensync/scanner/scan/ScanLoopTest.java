package io.tokensync.scanner.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.fixture.LateClock;
import io.tokensync.scanner.fixture.TestConfig;
import io.tokensync.scanner.fixture.TestNode;
import io.tokensync.scanner.fixture.Topic;
import io.tokensync.scanner.identity.IdentityException;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.scanner.verify.ReceivedVerdicts;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScanLoopTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @TempDir
    Path directory;
    private final HandClock clock = LateClock.create();
    private final Topic topic = new Topic();
    private final StageStatus status = new StageStatus(clock);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private Path root;

    @BeforeEach
    void nodes() throws IOException {
        root = Files.createDirectory(directory.resolve("nodes"));
        TestNode.create(root, "n").tokens(0, 4).close();
    }

    @Test
    void passesComeOneIntervalAndALittleApart() {
        assertThatThrownBy(() -> run(config("ip", false), 3)).isInstanceOf(InterruptedException.class);
        assertThat(pauses).hasSize(3)
                .allSatisfy(pause -> assertThat(pause).isBetween(INTERVAL, INTERVAL.multipliedBy(2)));
        assertThat(registry.get("tokensync.scanner.rows.published").counter().count()).isEqualTo(4);
        assertThat(registry.get("tokensync.scanner.databases").tag("outcome", "unchanged").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void aDamagedStateIsReplacedAndEverythingIsPublishedAgain() throws Exception {
        run(config("ip", true), 0);
        Files.writeString(directory.resolve("state").resolve(StateDirectory.FILE), "damaged ".repeat(1_000));
        run(config("ip", true), 0);
        assertThat(topic.records()).hasSize(8);
        assertThat(topic.table()).hasSize(4);
        try (var files = Files.list(directory.resolve("state"))) {
            assertThat(files).anyMatch(file -> file.getFileName().toString().contains(".damaged-"));
        }
    }

    @Test
    void aSingleScanCycleThatRepairsTheStateOfADatabaseIsRunAgain() throws Exception {
        run(config("ip", true), 0);
        damageChunks();
        TestNode.open(TestNode.fileOf(root, "n")).status(1, 4).close();
        run(config("ip", true), 0);
        assertThat(topic.records()).hasSize(8);
        assertThat(topic.row(TestNode.id(1)).tokenStatus()).isEqualTo("4");
    }

    @Test
    void stateThatIsDamagedInEveryScanCycleIsNotRepairedForEver() throws Exception {
        TestNode.open(TestNode.fileOf(root, "n")).tokens(4, 300).close();
        run(config("ip", true), 0);
        int[] cycles = {0};
        TokenPublisher damaging = new TokenPublisher() {
            @Override
            public SendFuture publish(Batch batch) {
                if (batch.receipts().stream().anyMatch(Receipt.ScanCycleStarted.class::isInstance)) {
                    cycles[0]++;
                    damageChunks();
                }
                return topic.publish(batch);
            }

            @Override
            public void close() {}
        };
        TestNode.open(TestNode.fileOf(root, "n")).status(1, 4).close();
        run(config("ip", true), damaging, 0);
        assertThat(cycles[0]).isEqualTo(4);
    }

    private void damageChunks() {
        try (Connection state = DriverManager
                .getConnection("jdbc:sqlite:" + directory.resolve("state").resolve(StateDirectory.FILE))) {
            state.createStatement().executeUpdate(
                    "UPDATE chunk SET checksum = checksum + 1 WHERE place = (SELECT min(place) FROM chunk)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherIdentityIsWaitedWithOrEndsASinglePass() throws Exception {
        run(config("ip", true), 0);
        assertThatThrownBy(() -> run(config("other", false), 2)).isInstanceOf(InterruptedException.class);
        assertThat(status.snapshot().state()).isEqualTo(StageStatus.State.WAITING);
        assertThat(status.snapshot().cause()).contains("other").contains("ip");
        assertThatThrownBy(() -> run(config("other", true), 0)).isInstanceOf(IdentityException.class);
        assertThat(topic.records()).hasSize(4);
    }

    private void run(ScannerConfig config, int lastPause) throws InterruptedException {
        run(config, topic, lastPause);
    }

    private void run(ScannerConfig config, TokenPublisher publisher, int lastPause) throws InterruptedException {
        try (StateDirectory state = StateDirectory.take(config.stateDir(), clock);
                ScanCycleFactory cycles = new ScanCycleFactory(config, state, publisher,
                        new ReceivedVerdicts(() -> {}, () -> true), Optional::empty,
                        new ScanProgress(), clock,
                        _ -> {})) {
            new ScanLoop(config.schedule(), cycles, status, new ScanCycleMetrics(new Metrics(registry)), clock,
                    pause -> {
                        pauses.add(pause);
                        if (pauses.size() == lastPause) {
                            throw new InterruptedException("enough");
                        }
                    }, RandomGenerator.getDefault()).run();
        }
    }

    private ScannerConfig config(String identity, boolean once) {
        TestConfig config = new TestConfig(root, directory.resolve("state"));
        config.identity = ScannerConfig.Identity.of(identity);
        config.schedule = new ScannerConfig.Schedule(once, INTERVAL, 1.0, 0, Duration.ofHours(24));
        return config.build();
    }
}

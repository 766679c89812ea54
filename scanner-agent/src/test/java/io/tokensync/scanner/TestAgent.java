package io.tokensync.scanner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.scanner.diff.StatusFilter;
import io.tokensync.scanner.discovery.DiscoveryConfig;
import io.tokensync.scanner.fixture.TestClock;
import io.tokensync.scanner.fixture.Topic;
import io.tokensync.scanner.publish.PublishTopics;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.sqlite.ReadingConfig;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.sqlite.StateDirectory;

/** An agent on real files whose records go to a {@link Topic}. */
final class TestAgent implements AutoCloseable {
    final TestClock clock = new TestClock();
    final Topic topic = new Topic();
    final ScanProgress progress = new ScanProgress();
    private ScannerConfig config;
    private StateDirectory directory;
    private Passes passes;

    TestAgent(Path root, Path stateDir) {
        this(new ScannerConfig(DiscoveryConfig.of(root),
                new ReadingConfig(3, Duration.ofSeconds(10), Duration.ZERO, 1, 10), StatusFilter.ALL,
                DeleteGuard.DEFAULT,
                ScannerConfig.Identity.of("10.0.0.1"), stateDir, ScannerConfig.DEFAULT_ATTACH,
                ScannerConfig.Schedule.continuous(), KafkaSettings.at("localhost:1"), PublishTopics.STANDARD,
                RetryPolicy.standard()));
    }

    TestAgent(ScannerConfig config) {
        this.config = config;
    }

    ScanReport pass() {
        if (passes == null) {
            directory = StateDirectory.take(config.stateDir(), clock);
            passes = new Passes(config, directory, topic, Optional::empty, progress, clock, _ -> {});
        }
        try {
            ScanReport report = passes.next().run();
            passes.ended(report);
            return report;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pass that begins a new state when the old one is damaged, as the loop does. */
    ScanReport passThroughDamage() {
        try {
            return pass();
        } catch (CorruptStateException _) {
            passes.quarantine();
            return pass();
        }
    }

    ScannerConfig config() {
        return config;
    }

    /** The process ends, in order or not, and begins again. */
    void restart() {
        close();
    }

    void restart(ScannerConfig newConfig) {
        close();
        config = newConfig;
    }

    @Override
    public void close() {
        if (passes != null) {
            passes.close();
            directory.close();
            passes = null;
        }
    }
}

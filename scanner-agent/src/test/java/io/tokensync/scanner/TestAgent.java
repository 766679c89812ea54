package io.tokensync.scanner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.tokensync.scanner.fixture.MortalState;
import io.tokensync.scanner.fixture.TestClock;
import io.tokensync.scanner.fixture.Topic;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.sqlite.StateDirectory;

/** An agent on real files whose records go to a {@link Topic}. */
final class TestAgent implements AutoCloseable {
    private static final Duration BETWEEN_PAGES = Duration.ofMillis(1);

    final TestClock clock = new TestClock();
    final Topic topic = new Topic();
    final ScanProgress progress = new ScanProgress();
    final MortalState.Fate fate = new MortalState.Fate();
    final List<Duration> slept = new ArrayList<>();
    /** What else happens while it sleeps. */
    Runnable onSleep = () -> {};
    private final TestConfig config;
    private StateDirectory directory;
    private Passes passes;

    TestAgent(Path root, Path stateDir) {
        this.config = new TestConfig(root, stateDir);
    }

    /** Time passes at once. */
    private void sleep(Duration duration) throws InterruptedException {
        if (duration.equals(BETWEEN_PAGES)) {
            return;
        }
        slept.add(duration);
        onSleep.run();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        clock.advance(duration);
    }

    ScanReport pass() {
        if (passes == null) {
            ScannerConfig built = config.build();
            directory = StateDirectory.take(built.stateDir(), clock);
            passes = new Passes(built, MortalState.in(directory, fate), topic, Optional::empty, progress, clock,
                    this::sleep);
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
            if (fate.isDead()) {
                throw new Topic.Crash();
            }
            passes.quarantine();
            return pass();
        }
    }

    /** The operator removes the state. */
    void forgetEverything() {
        close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            try {
                Files.deleteIfExists(config.stateDir.resolve(StateDirectory.FILE + suffix));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The process ends, in order or not, and begins again. */
    void restart() {
        close();
    }

    /** The process ends in order and begins again with another configuration. */
    void restart(Consumer<TestConfig> change) {
        close();
        change.accept(config);
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

package io.tokensync.scanner.scan;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.identity.IdentityException;
import io.tokensync.scanner.report.Problems;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.StateUnavailableException;

/** Runs one scan cycle after another until it is interrupted; or a single one. */
public final class ScanLoop {
    private static final Logger log = LoggerFactory.getLogger(ScanLoop.class);

    /** States damaged one after another before the disk is to blame. */
    private static final int MOST_DAMAGES = 3;
    /** Between two scan cycles that only look for answers. */
    private static final Duration SOON = Duration.ofMillis(500);

    private final ScannerConfig.Schedule schedule;
    private final CycleSource cycles;
    private final StageStatus status;
    private final ScanCycleMetrics metrics;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Problems problems;
    private int damages;

    /** Where scan cycles come from; each may bring a new state. */
    interface CycleSource {
        /** A scan cycle on the present state, opened when it is not. */
        ScanCycle next();

        /** A scan cycle has ended: what an operator asks for later is remembered. */
        void ended(ScanReport report);

        /** Whether a node's verification is not over that was begun. */
        boolean isVerifying();

        /** Puts a damaged state aside, so that the next scan cycle begins a new one; returns its new place. */
        Path quarantine();
    }

    public ScanLoop(ScannerConfig.Schedule schedule, CycleSource cycles, StageStatus status, ScanCycleMetrics metrics,
            Clock clock, Sleeper sleeper, RandomGenerator random) {
        this.problems = new Problems(clock);
        this.schedule = schedule;
        this.cycles = cycles;
        this.status = status;
        this.metrics = metrics;
        this.sleeper = sleeper;
        this.random = random;
    }

    /**
     * Runs.
     *
     * @throws InterruptedException when the service closes
     */
    public void run() throws InterruptedException {
        Supplier<Duration> pause = () -> schedule.interval()
                .plusNanos((long) (schedule.interval().toNanos() * schedule.jitter() * random.nextDouble()));
        boolean more = true;
        while (more) {
            boolean passed = cycle();
            boolean verifying = schedule.verified() && cycles.isVerifying();
            more = !(schedule.once() && passed) || verifying;
            if (more && passed) {
                sleeper.sleep(verifying ? SOON : pause.get());
            }
        }
    }

    /** Runs a scan cycle, and returns whether it is over; damage in the state means that it must be run again at once. */
    private boolean cycle() throws InterruptedException {
        try {
            ScanReport report = cycles.next().run();
            cycles.ended(report);
            problems.report(report.problems());
            metrics.passed(report);
            say(report);
            status.running();
            damages = report.repaired() ? damages + 1 : 0;
            return damages == 0 || damages > MOST_DAMAGES;
        } catch (CorruptStateException e) {
            if (++damages > MOST_DAMAGES) {
                throw e;
            }
            Path quarantined = cycles.quarantine();
            log.atError().setMessage("the agent's state is damaged and was quarantined; every row is read and published"
                    + " again. Rows that vanished from a node since the last scan cycle, or whose deletion was deferred, stay"
                    + " in the table until their node is verified, which is done now (unless scanner.verify.interval is"
                    + " 0s: then ask for it with tokensync verify)").addKeyValue("path", quarantined)
                    .addKeyValue("cause", e.getMessage())
                    .log();
            return false;
        } catch (IdentityException | StateUnavailableException e) {
            if (schedule.once()) {
                throw e;
            }
            log.atError().setMessage(e.getMessage()).log();
            status.waiting(FailureKind.ENVIRONMENT, e.getMessage());
        }
        return true;
    }

    private static void say(ScanReport report) {
        var rows = report.rows();
        log.atInfo().setMessage("scan cycle done").addKeyValue("session", report.sessionId())
                .addKeyValue("databases", report.databases().found()).addKeyValue("read", report.databases().read())
                .addKeyValue("failed", report.databases().failed()).addKeyValue("rows", rows.read())
                .addKeyValue("published", rows.published()).addKeyValue("deleted", rows.deleted())
                .addKeyValue("rejected", rows.rejectedNow()).addKeyValue("held", rows.held()).log();
    }
}

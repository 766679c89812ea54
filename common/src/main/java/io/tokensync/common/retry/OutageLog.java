package io.tokensync.common.retry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import io.tokensync.common.failure.FailureKind;

/** Says loudly that a unit waits, once at first and then about once a minute, and that it goes on. Thread-safe. */
final class OutageLog {
    private static final Logger log = LoggerFactory.getLogger(Retrier.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Clock clock;
    private FailureKind lastKind;
    private Instant lastSaid = Instant.EPOCH;
    private boolean said;

    OutageLog(Clock clock) {
        this.clock = clock;
    }

    void failed(String unit, FailureKind kind, Exception failure, int attempt, Duration wait) {
        if (kind == FailureKind.CONFLICT || !isDue(kind)) {
            log.atDebug().setMessage("unit failed, trying again").addKeyValue("unit", unit).addKeyValue("kind", kind)
                    .addKeyValue("attempt", attempt).log();
            return;
        }
        Level level = kind == FailureKind.ENVIRONMENT ? Level.ERROR : Level.WARN;
        String message = kind == FailureKind.ENVIRONMENT
                ? "cannot go on until somebody changes something; nothing is lost, trying again by itself"
                : "cannot go on for now; nothing is lost, trying again";
        log.atLevel(level).setMessage(message).addKeyValue("unit", unit).addKeyValue("kind", kind)
                .addKeyValue("attempt", attempt).addKeyValue("wait_ms", wait.toMillis())
                .addKeyValue("cause", failure.toString()).log();
    }

    void recovered(String unit, int attempts, Duration outage) {
        log.atLevel(wasSaid() ? Level.INFO : Level.DEBUG).setMessage("going on").addKeyValue("unit", unit)
                .addKeyValue("attempts", attempts).addKeyValue("outage_ms", outage.toMillis()).log();
    }

    /** Another kind is said at once. A short success in between does not reset the minute. */
    private synchronized boolean isDue(FailureKind kind) {
        Instant now = clock.instant();
        boolean due = kind != lastKind || Duration.between(lastSaid, now).compareTo(QUIET) >= 0;
        if (due) {
            lastKind = kind;
            lastSaid = now;
            said = true;
        }
        return due;
    }

    /** Whether the outage that ends has been said; one that was kept quiet ends quietly. */
    private synchronized boolean wasSaid() {
        boolean was = said;
        said = false;
        return was;
    }
}

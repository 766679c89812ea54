package io.tokensync.common.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When a loop last did something; for liveness, which must not depend on any other system. Thread-safe. */
final class LoopProgress {
    private final Clock clock;
    private volatile Instant lastTurn;
    private volatile Instant batchSince;

    LoopProgress(Clock clock) {
        this.clock = clock;
        this.lastTurn = clock.instant();
    }

    /** The consumer thread has polled. */
    void turned() {
        lastTurn = clock.instant();
    }

    void started() {
        batchSince = clock.instant();
    }

    void ended() {
        batchSince = null;
    }

    boolean hasTurnedWithin(Duration bound) {
        return isWithin(lastTurn, bound);
    }

    /** Whether there is no batch in the handler's hands, or not for longer than that. */
    boolean isBatchYoungerThan(Duration bound) {
        Instant since = batchSince;
        return since == null || isWithin(since, bound);
    }

    private boolean isWithin(Instant instant, Duration bound) {
        return Duration.between(instant, clock.instant()).compareTo(bound) <= 0;
    }
}

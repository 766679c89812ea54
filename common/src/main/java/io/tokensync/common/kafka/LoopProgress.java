package io.tokensync.common.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** When a loop last did something; for liveness, which must not depend on any other system. Thread-safe. */
final class LoopProgress {
    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private volatile Instant lastTurn;
    private final AtomicInteger batches = new AtomicInteger();
    private volatile Instant batchSince;

    LoopProgress(Clock clock) {
        this.clock = clock;
        this.lastTurn = clock.instant();
    }

    /** The consumer thread has polled. */
    void turned() {
        lastTurn = clock.instant();
    }

    /** A batch has been given to the handler. */
    synchronized void began() {
        if (batches.getAndIncrement() == 0) {
            batchSince = clock.instant();
        }
    }

    /** The oldest batch has ended; from now on the next one is expected to. */
    synchronized void ended() {
        batchSince = batches.decrementAndGet() == 0 ? null : clock.instant();
    }

    boolean hasTurnedWithin(Duration bound) {
        return isWithin(lastTurn, bound);
    }

    /** Whether there is no batch in the handler's hands, or one has ended within that time. */
    boolean isBatchYoungerThan(Duration bound) {
        Instant since = batchSince;
        return since == null || isWithin(since, bound);
    }

    /** How long nothing has ended while a batch is in the handler's hands, in seconds; 0 while there is none. */
    double batchAge() {
        Instant since = batchSince;
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / MILLIS;
    }

    private boolean isWithin(Instant instant, Duration bound) {
        return Duration.between(instant, clock.instant()).compareTo(bound) <= 0;
    }
}

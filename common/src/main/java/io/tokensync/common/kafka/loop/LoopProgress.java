package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * When a loop last did something, and since when it has records in its hands of which none is committed; for liveness,
 * which must not depend on any other system. Thread-safe.
 */
final class LoopProgress {
    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private volatile Instant lastTurn;
    private volatile Instant standingSince;
    private final AtomicInteger batches = new AtomicInteger();
    private volatile Instant batchSince;

    LoopProgress(Clock clock) {
        this.clock = clock;
        this.lastTurn = clock.instant();
    }

    /**
     * The consumer thread has polled.
     *
     * @param behind whether it has records that are not committed
     */
    synchronized void turned(boolean behind) {
        lastTurn = clock.instant();
        if (!behind) {
            standingSince = null;
        } else if (standingSince == null) {
            standingSince = lastTurn;
        }
    }

    /** Records were committed, or the brokers did not say whether they were. */
    synchronized void moved() {
        if (standingSince != null) {
            standingSince = clock.instant();
        }
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

    /** Whether there are no records in its hands, or some have been committed within that time. */
    boolean hasMovedWithin(Duration bound) {
        Instant since = standingSince;
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

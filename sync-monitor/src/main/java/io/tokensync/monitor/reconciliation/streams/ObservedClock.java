package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.time.Instant;

/**
 * What time it is for somebody who reads receipts: the wall clock's when there was nothing to read for a while; while
 * there is, the time of the receipts. So a monitor that catches up after a pause does not take its own pause for a silence
 * of the stages.
 */
final class ObservedClock {
    private static final Duration QUIET = Duration.ofSeconds(3);

    private Instant newest = Instant.EPOCH;
    private Instant quietSince;

    /** A receipt of this time has been read. */
    void processed(Instant at) {
        newest = at.isAfter(newest) ? at : newest;
        quietSince = null;
    }

    /** The present, asked for at regular intervals. */
    Instant at(Instant wallClock) {
        if (quietSince == null) {
            quietSince = wallClock;
        }
        boolean caughtUp = Duration.between(quietSince, wallClock).compareTo(QUIET) >= 0;
        return caughtUp || newest.equals(Instant.EPOCH) || wallClock.isBefore(newest) ? wallClock : newest;
    }
}

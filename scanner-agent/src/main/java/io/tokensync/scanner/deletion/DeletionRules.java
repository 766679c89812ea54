package io.tokensync.scanner.deletion;

import java.time.Clock;

import io.tokensync.scanner.config.DeletionLimits;
import io.tokensync.scanner.state.Confirmation;
import io.tokensync.scanner.state.Confirmations;
import io.tokensync.scanner.state.TrackedDatabase;
import io.tokensync.scanner.state.TrackedDatabase.Held;

/**
 * Which deletions are believed.
 *
 * @param limits how many at once
 * @param confirmations and which because an operator has confirmed them
 */
public record DeletionRules(DeletionLimits limits, Confirmations confirmations, Clock clock) {

    /** Whether so many missing rows of a table need confirmation. */
    boolean doubts(TrackedDatabase known, long missing, long published) {
        return limits.doubts(known.nodeName(), missing, published);
    }

    /** Whether missing rows of a table that the node had before it changed its database need confirmation. */
    boolean doubtsEarlier(TrackedDatabase known, long missing) {
        return missing > 0 && !limits.confirmedNodes().contains(known.nodeName());
    }

    /** What is deferred when rows with this fingerprint are missing now. */
    Held held(TrackedDatabase known, long fingerprint) {
        return known.held().next(fingerprint, clock.instant());
    }

    /**
     * Whether what needs confirmation has it.
     *
     * @param alsoByTime whether scans that miss the same rows for long enough confirm it, where that is configured
     */
    boolean isConfirmed(TrackedDatabase known, Held held, boolean alsoByTime) {
        return (alsoByTime && limits.isDue(held))
                || (!held.equals(Held.NONE) && confirmations.has(Confirmation.of(known.nodeName(), held)));
    }

    /** Whether what was deferred last is confirmed, so that the next reading carries it out. */
    public boolean isConfirmedNow(TrackedDatabase known) {
        return !known.held().equals(Held.NONE) && (limits.confirmedNodes().contains(known.nodeName())
                || confirmations.has(Confirmation.of(known.nodeName(), known.held())));
    }

    /** Whether it is confirmed that a database is gone for good. */
    boolean isConfirmedGone(TrackedDatabase known) {
        return limits.confirmedNodes().contains(known.nodeName())
                || confirmations.has(Confirmation.ofGone(known.nodeName()));
    }
}

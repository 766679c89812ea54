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

    /** What is deferred when rows with this fingerprint are missing now. */
    Held held(TrackedDatabase known, long fingerprint) {
        return known.held().next(fingerprint, clock.instant());
    }

    /** Whether what needs confirmation has it. */
    boolean isConfirmed(TrackedDatabase known, Held held) {
        return limits.isDue(held)
                || (!held.equals(Held.NONE) && confirmations.has(Confirmation.of(known.nodeName(), held)));
    }

    /** Whether it is confirmed that a database is gone for good. */
    boolean isConfirmedGone(TrackedDatabase known) {
        return limits.confirmedNodes().contains(known.nodeName())
                || confirmations.has(Confirmation.ofGone(known.nodeName()));
    }
}

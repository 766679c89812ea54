package io.tokensync.common.retry;

import java.time.Duration;

import io.tokensync.common.failure.FailureKind;

/** Hears of failures that are waited for: for metrics, and for the owner of a connection that must not be used again. */
@FunctionalInterface
public interface RetryListener {
    /** Hears nothing. */
    RetryListener NONE = (_, _, _) -> {};

    /**
     * The unit has failed and is going to be run again. Called on the thread of the unit, before the wait.
     *
     * @param kind what the failure counts as
     * @param failure what the unit threw
     * @param wait how long it is going to be waited
     */
    void failed(FailureKind kind, Exception failure, Duration wait);

    /** More conflicts have come in a row than are waited for shortly; told once of a unit. */
    default void conflictsUsedUp() {}

    /** The unit has succeeded after failures; {@code outage} is the time since the first of them. */
    default void recovered(Duration outage) {}
}

package io.tokensync.common.retry;

import java.time.Duration;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.time.Sleeper;

/** How the time between two attempts is spent. */
@FunctionalInterface
public interface Delay {
    /**
     * Returns when the unit is to be run again.
     *
     * @param kind of the failure
     * @param failure what the unit threw
     * @param wait the longest that may be waited
     */
    void await(FailureKind kind, Exception failure, Duration wait) throws InterruptedException;

    /** Waits the whole time. */
    static Delay sleeping(Sleeper sleeper) {
        return (_, _, wait) -> sleeper.sleep(wait);
    }
}

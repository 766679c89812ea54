package io.tokensync.common.time;

import java.time.Duration;

/** Sleeping as a dependency, so that tests do not wait. */
@FunctionalInterface
public interface Sleeper {
    /** Waits for the duration; returns at once when it is zero or negative. */
    void sleep(Duration duration) throws InterruptedException;

    /** The real one. */
    static Sleeper system() {
        return Thread::sleep;
    }
}

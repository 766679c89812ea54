package io.tokensync.simulator;

import java.io.IOException;
import java.time.Duration;

import io.tokensync.common.time.Sleeper;

/**
 * How fast a simulation changes.
 *
 * @param perSecond edits a second, above 0 and at most 10000; fewer when the databases take longer
 */
record ChurnRate(double perSecond) {
    private static final double MOST = 10_000;
    private static final double SHORTEST_PAUSE_SECONDS = 0.01;
    private static final double NANOS = 1e9;

    ChurnRate {
        if (!(perSecond > 0 && perSecond <= MOST)) {
            throw new IllegalArgumentException(
                    "churn is " + perSecond + "; possible are changes a second above 0 and up to " + (int) MOST);
        }
    }

    /** Applies edits until the sleeper is interrupted. */
    void run(Churn churn, Sleeper sleeper) throws IOException {
        double pause = Math.max(1 / perSecond, SHORTEST_PAUSE_SECONDS);
        int together = (int) Math.max(1, Math.round(perSecond * pause));
        Duration duration = Duration.ofNanos((long) (pause * NANOS));
        try {
            while (true) {
                sleeper.sleep(duration);
                for (int i = 0; i < together; i++) {
                    churn.step();
                }
            }
        } catch (InterruptedException _) {
            // The end that was asked for.
        }
    }
}

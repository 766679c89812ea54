package io.tokensync.common.runtime;

import java.time.Duration;

/**
 * How long a loop that has failed is left alone before it is started again: doubled from failure to failure.
 *
 * @param first after the first failure
 * @param longest where doubling ends
 */
public record Restarts(Duration first, Duration longest) {
    private static final Restarts STANDARD = new Restarts(Duration.ofSeconds(5), Duration.ofSeconds(60));
    /** Far behind the point where doubling ends. */
    private static final int LAST_DOUBLING = 20;

    public Restarts {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("restarts must be longer than zero and in order, not " + first + " and "
                    + longest);
        }
    }

    /** 5 s to 60 s. */
    public static Restarts standard() {
        return STANDARD;
    }

    /** The wait after so many failures in a row, from 1. */
    Duration after(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, LAST_DOUBLING));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}

package io.tokensync.common.retry;

import java.time.Duration;
import java.util.List;

import io.tokensync.common.config.Settings;

/**
 * How long to wait before the same unit is tried again. No kind has a limit of attempts: an outage lasts as long as it
 * lasts.
 *
 * @param firstWait first wait after a transient failure or an unknown outcome; doubled each time, jitter added
 * @param longestWait where doubling ends; no wait is longer, jitter included
 * @param throttledWait first wait when the other side asks for less
 * @param shortestConflictWait lower bound of the random wait after a conflict
 * @param longestConflictWait upper bound of the random wait after a conflict
 * @param conflictAttempts how many conflicts in a row are waited for so shortly; later ones count as transient
 * @param probes waits while somebody has to change something; the last one repeats
 */
public record RetryPolicy(Duration firstWait, Duration longestWait, Duration throttledWait,
        Duration shortestConflictWait, Duration longestConflictWait, int conflictAttempts, List<Duration> probes) {
    private static final RetryPolicy STANDARD = new RetryPolicy(Duration.ofSeconds(5), Duration.ofSeconds(60),
            Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofMillis(500), 5,
            List.of(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(60)));

    private static final int MOST_CONFLICTS = 100;

    public RetryPolicy {
        probes = List.copyOf(probes);
        requireOrder("retry waits", firstWait, longestWait);
        requireOrder("retry waits after throttling", throttledWait, longestWait);
        requireOrder("retry waits after a conflict", shortestConflictWait, longestConflictWait);
        if (conflictAttempts < 0) {
            throw new IllegalArgumentException("conflict attempts must not be negative");
        }
        if (probes.isEmpty() || probes.stream().anyMatch(p -> !p.isPositive())) {
            throw new IllegalArgumentException("there must be probe waits, each longer than zero");
        }
    }

    /** 5 s to 60 s; throttled from 10 s; conflicts 50 to 500 ms, five times; probes after 15, 30 and 60 s. */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /** All waits within this bound, so that tests and interactive commands do not wait for minutes. */
    public RetryPolicy atMost(Duration bound) {
        return new RetryPolicy(min(firstWait, bound), min(longestWait, bound), min(throttledWait, bound),
                min(shortestConflictWait, bound), min(longestConflictWait, bound), conflictAttempts,
                probes.stream().map(probe -> min(probe, bound)).toList());
    }

    /**
     * The standard policy with {@code <prefix>.first-wait}, {@code .longest-wait}, {@code .throttled-wait},
     * {@code .conflict-wait}, {@code .conflict-attempts} and {@code .probe-wait}.
     */
    public static RetryPolicy from(Settings settings, String prefix) {
        return settings.build(() -> {
            Duration first = settings.duration(prefix + ".first-wait", STANDARD.firstWait);
            Duration longest = settings.duration(prefix + ".longest-wait", STANDARD.longestWait);
            Duration throttled = settings.duration(prefix + ".throttled-wait", STANDARD.throttledWait);
            if (!inOrder(first, longest) || !inOrder(throttled, longest)) {
                settings.problem(
                        prefix + ".first-wait and " + prefix + ".throttled-wait must be longer than zero and no "
                                + "longer than " + prefix + ".longest-wait, which is " + longest.toSeconds() + "s");
            }
            Duration conflict = settings.duration(prefix + ".conflict-wait", STANDARD.longestConflictWait);
            Duration probe = settings.duration(prefix + ".probe-wait", STANDARD.probes.getLast());
            return new RetryPolicy(first, longest, throttled, min(STANDARD.shortestConflictWait, conflict), conflict,
                    settings.integer(prefix + ".conflict-attempts", STANDARD.conflictAttempts, 0, MOST_CONFLICTS),
                    List.of(min(STANDARD.probes.get(0), probe), min(STANDARD.probes.get(1), probe), probe));
        }).orElse(STANDARD);
    }

    private static void requireOrder(String what, Duration shorter, Duration longer) {
        if (!inOrder(shorter, longer)) {
            throw new IllegalArgumentException(
                    what + " must be longer than zero and in order, not " + shorter + " and " + longer);
        }
    }

    private static boolean inOrder(Duration shorter, Duration longer) {
        return shorter.isPositive() && shorter.compareTo(longer) <= 0;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}

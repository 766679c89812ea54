package io.tokensync.common.retry;

import java.time.Duration;
import java.util.List;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
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

    /** Of a policy, to be included by the section of a stage. */
    public static final KeySection KEYS = KeySection.template();

    private static final int MOST_CONFLICTS = 100;
    private static final ConfigKey<Duration> FIRST_WAIT = KEYS.add(ConfigKey.duration("first-wait", STANDARD.firstWait,
            "First wait before the same is tried again after a failure that passes by itself; doubled each time.")
            .within(Bounds.POSITIVE));
    private static final ConfigKey<Duration> LONGEST_WAIT = KEYS.add(ConfigKey.duration("longest-wait",
            STANDARD.longestWait, "Where doubling ends; first-wait and throttled-wait are no longer than this."));
    private static final ConfigKey<Duration> THROTTLED_WAIT = KEYS.add(ConfigKey.duration("throttled-wait",
            STANDARD.throttledWait, "First wait when the other side asks for less.").within(Bounds.POSITIVE));
    private static final ConfigKey<Duration> CONFLICT_WAIT = KEYS.add(ConfigKey.duration("conflict-wait",
            STANDARD.longestConflictWait, "Longest of the random waits after a conflict, such as a deadlock.")
            .within(Bounds.POSITIVE));
    private static final ConfigKey<Integer> CONFLICT_ATTEMPTS = KEYS.add(ConfigKey.integer("conflict-attempts",
            STANDARD.conflictAttempts, 0, MOST_CONFLICTS,
            "Conflicts in a row that are waited for so shortly; later ones are as any failure that passes."));
    private static final ConfigKey<Duration> PROBE_WAIT = KEYS.add(ConfigKey.duration("probe-wait",
            STANDARD.probes.getLast(),
            "Longest wait between looks whether somebody has changed what has to be changed.")
            .within(Bounds.POSITIVE));

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

    /** The standard policy with what stands below a prefix such as {@code writer.retry}. */
    public static RetryPolicy from(Settings settings, String prefix) {
        return settings.build(() -> {
            Duration first = settings.get(FIRST_WAIT.below(prefix));
            Duration longest = settings.get(LONGEST_WAIT.below(prefix));
            Duration throttled = settings.get(THROTTLED_WAIT.below(prefix));
            if (!inOrder(first, longest) || !inOrder(throttled, longest)) {
                settings.problem(
                        prefix + ".first-wait and " + prefix + ".throttled-wait must be longer than zero and no "
                                + "longer than " + prefix + ".longest-wait, which is " + longest.toSeconds() + "s");
            }
            Duration conflict = settings.get(CONFLICT_WAIT.below(prefix));
            Duration probe = settings.get(PROBE_WAIT.below(prefix));
            return new RetryPolicy(first, longest, throttled, min(STANDARD.shortestConflictWait, conflict), conflict,
                    settings.get(CONFLICT_ATTEMPTS.below(prefix)),
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

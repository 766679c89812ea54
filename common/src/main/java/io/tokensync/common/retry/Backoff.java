package io.tokensync.common.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.github.resilience4j.core.IntervalFunction;

import io.tokensync.common.failure.FailureKind;

/** The waits of one run of a unit: each kind of failure has its own sequence. */
final class Backoff {
    private static final double DOUBLING = 2.0;
    /**
     * Jitter is added, so that the first wait after throttling is not shorter than it says; no wait with its jitter is longer
     * than the longest, so that waits which have grown that far begin that much below it.
     */
    private static final double JITTER = 0.2;
    /** Far behind the point where doubling ends; keeps the interval function from overflowing in a long outage. */
    private static final int LAST_DOUBLING = 30;

    private final RetryPolicy policy;
    private final RandomGenerator random;
    private final IntervalFunction transients;
    private final IntervalFunction throttled;
    private int backoffs;
    private int conflicts;
    private int probes;

    Backoff(RetryPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        this.transients = exponential(policy.firstWait(), policy.longestWait());
        this.throttled = exponential(policy.throttledWait(), policy.longestWait());
    }

    /** The wait after the next failure, of this kind. */
    Duration next(FailureKind kind) {
        return switch (kind) {
            case THROTTLED -> backoff(throttled, policy.throttledWait());
            case CONFLICT -> conflict();
            case ENVIRONMENT -> probe();
            case TRANSIENT, UNKNOWN_OUTCOME -> backoff(transients, policy.firstWait());
            case OVERSIZED, POISON, FATAL -> throw new IllegalArgumentException(kind + " is not waited for");
        };
    }

    /** Whether more conflicts have come in a row than are waited for shortly. */
    boolean conflictsUsedUp() {
        return conflicts > policy.conflictAttempts();
    }

    private Duration probe() {
        Duration wait = policy.probes().get(Math.min(probes++, policy.probes().size() - 1));
        return jittered(wait, policy.probes().getFirst(),
                policy.probes().stream().max(Duration::compareTo).orElse(wait));
    }

    private Duration backoff(IntervalFunction interval, Duration first) {
        backoffs = Math.min(backoffs + 1, LAST_DOUBLING);
        return jittered(Duration.ofMillis(interval.apply(backoffs)), first, policy.longestWait());
    }

    private Duration conflict() {
        if (conflicts++ >= policy.conflictAttempts()) {
            return backoff(transients, policy.firstWait());
        }
        long shortest = policy.shortestConflictWait().toNanos();
        return Duration.ofNanos(shortest + share(policy.longestConflictWait().toNanos() - shortest));
    }

    private Duration jittered(Duration wait, Duration first, Duration longest) {
        long room = Math.max(first.toNanos(), (long) (longest.toNanos() / (1 + JITTER)));
        long base = Math.min(wait.toNanos(), room);
        return Duration.ofNanos(Math.min(longest.toNanos(), base + share((long) (base * JITTER))));
    }

    private long share(long nanos) {
        return (long) (random.nextDouble() * nanos);
    }

    private static IntervalFunction exponential(Duration first, Duration longest) {
        return IntervalFunction.ofExponentialBackoff(first, DOUBLING, longest);
    }
}

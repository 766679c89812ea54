package io.tokensync.common.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.github.resilience4j.core.IntervalFunction;

import io.tokensync.common.failure.FailureKind;

/** The waits of one run of a unit: each kind of failure has its own sequence. */
final class Waits {
    private static final double DOUBLING = 2.0;
    /** Jitter is added, never subtracted: the first wait after throttling must not be shorter than it says. */
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

    Waits(RetryPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        this.transients = exponential(policy.firstWait(), policy.longestWait());
        this.throttled = exponential(policy.throttledWait(), policy.longestWait());
    }

    /** The wait after the next failure, of this kind. */
    Duration next(FailureKind kind) {
        return switch (kind) {
            case THROTTLED -> backoff(throttled);
            case CONFLICT -> conflict();
            case ENVIRONMENT -> jittered(policy.probes().get(Math.min(probes++, policy.probes().size() - 1)));
            case TRANSIENT, UNKNOWN_OUTCOME -> backoff(transients);
            case OVERSIZED, POISON, FATAL -> throw new IllegalArgumentException(kind + " is not waited for");
        };
    }

    private Duration backoff(IntervalFunction interval) {
        backoffs = Math.min(backoffs + 1, LAST_DOUBLING);
        return jittered(Duration.ofMillis(interval.apply(backoffs)));
    }

    private Duration conflict() {
        if (conflicts++ >= policy.conflictAttempts()) {
            return backoff(transients);
        }
        long shortest = policy.shortestConflictWait().toNanos();
        return Duration.ofNanos(shortest + share(policy.longestConflictWait().toNanos() - shortest));
    }

    private Duration jittered(Duration wait) {
        return wait.plusNanos(share((long) (wait.toNanos() * JITTER)));
    }

    private long share(long nanos) {
        return (long) (random.nextDouble() * nanos);
    }

    private static IntervalFunction exponential(Duration first, Duration longest) {
        return IntervalFunction.ofExponentialBackoff(first, DOUBLING, longest);
    }
}

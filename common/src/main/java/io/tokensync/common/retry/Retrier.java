package io.tokensync.common.retry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;

/**
 * Runs a unit of work until it succeeds, or fails in a way that waiting does not repair. The unit must be safe to run
 * again as a whole. This is the only layer that retries: drivers and pools below it do not. Thread-safe; each run counts
 * its own attempts.
 */
public final class Retrier {
    private static final int DEEPEST_CAUSE = 20;

    private final RetryPolicy policy;
    private final FailureClassifier classifier;
    private final StageStatus status;
    private final RetryListener listener;
    private final Clock clock;
    private final Delay pause;
    private final RandomGenerator random;
    private final OutageLog outageLog;

    /**
     * @param status told when a unit waits and when it goes on
     * @param listener notified of each failure that is waited for
     * @param random jitter
     */
    public Retrier(RetryPolicy policy, FailureClassifier classifier, StageStatus status, RetryListener listener,
            Clock clock, Sleeper sleeper, RandomGenerator random) {
        this(policy, classifier, status, listener, clock, Delay.sleeping(sleeper), random);
    }

    /** As above, with another way to spend the time between attempts. */
    public Retrier(RetryPolicy policy, FailureClassifier classifier, StageStatus status, RetryListener listener,
            Clock clock, Delay pause, RandomGenerator random) {
        this.policy = policy;
        this.classifier = classifier;
        this.status = status;
        this.listener = listener;
        this.clock = clock;
        this.pause = pause;
        this.random = random;
        this.outageLog = new OutageLog(clock);
    }

    /**
     * Runs the unit as often as needed.
     *
     * @param name what the unit does, for the log: {@code write batch}
     * @throws InterruptedException when the thread is interrupted while it runs or waits
     * @throws Exception what the unit threw, when its kind is oversized, poison or fatal; errors of the JVM at once
     */
    public <T> T run(String name, Callable<T> unit) throws Exception {
        Backoff waits = new Backoff(policy, random);
        Instant firstFailure = null;
        for (int attempt = 1;; attempt++) {
            try {
                T result = unit.call();
                recovered(name, attempt, firstFailure);
                return result;
            } catch (Exception e) {
                FailureKind kind = kindOf(e);
                boolean knownToClash = waits.conflictsUsedUp();
                Duration wait = waits.next(kind);
                if (waits.conflictsUsedUp() && !knownToClash) {
                    listener.conflictsUsedUp();
                }
                firstFailure = firstFailure == null ? clock.instant() : firstFailure;
                waitFor(name, kind, e, attempt, wait);
            }
        }
    }

    /** The kind of a failure that is waited for; any other failure is thrown. */
    private FailureKind kindOf(Exception failure) throws Exception {
        if (failure instanceof InterruptedException) {
            throw failure;
        }
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while the unit ran");
            interrupted.addSuppressed(failure);
            throw interrupted;
        }
        if (hasError(failure)) {
            throw failure;
        }
        FailureKind kind = classifier.classify(failure);
        return switch (kind) {
            case TRANSIENT, THROTTLED, CONFLICT, ENVIRONMENT, UNKNOWN_OUTCOME -> kind;
            case OVERSIZED, POISON, FATAL -> throw failure;
        };
    }

    private void waitFor(String name, FailureKind kind, Exception failure, int attempt, Duration wait)
            throws InterruptedException {
        outageLog.failed(name, kind, failure, attempt, wait);
        status.waiting(kind, failure.toString());
        listener.failed(kind, failure, wait);
        pause.await(kind, failure, wait);
    }

    private void recovered(String name, int attempts, Instant firstFailure) {
        if (firstFailure == null) {
            return;
        }
        Duration outage = Duration.between(firstFailure, clock.instant());
        status.running();
        outageLog.recovered(name, attempts, outage);
        listener.recovered(outage);
    }

    /** Out of memory, a class that is missing: wrapped or not, running again does not help. */
    private static boolean hasError(Throwable failure) {
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof Error) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}

package io.tokensync.writer.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.retry.Delay;

/**
 * A circuit breaker in front of something that may be away, shared by all retriers of one process: while it is away, one
 * probe at a time asks for it, at a steady pace, and as soon as it answers all go on. Failures of something that is there
 * are waited for as the policy says. Thread-safe.
 */
public final class SharedCircuitBreaker implements Delay {
    private static final Logger log = LoggerFactory.getLogger(SharedCircuitBreaker.class);

    private final CircuitBreaker breaker;
    private final Callable<Void> probe;
    private final Predicate<Exception> away;
    private final Duration interval;
    private final Delay otherwise;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();

    /**
     * @param name for metrics and log
     * @param probe asks, cheaply; throws while there is no answer. Runs on a thread of its own, which nobody interrupts
     * @param away whether a failure means that it is away
     * @param interval between two probes
     * @param otherwise for failures of something that is there
     */
    public SharedCircuitBreaker(String name, Callable<Void> probe, Predicate<Exception> away, Duration interval,
            Delay otherwise,
            Clock clock) {
        this.breaker = CircuitBreaker.of(name, CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED).slidingWindowSize(1).minimumNumberOfCalls(1)
                .permittedNumberOfCallsInHalfOpenState(1).waitDurationInOpenState(interval).clock(clock).build());
        this.probe = probe;
        this.away = away;
        this.interval = interval;
        this.otherwise = otherwise;
        this.clock = clock;
    }

    /** Whether nobody is known to have been answered since the last failure. */
    public boolean isOpen() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }

    /** Returns when a probe was answered, and at the latest after the wait: then the unit asks for itself. */
    @Override
    public void await(FailureKind kind, Exception failure, Duration wait) throws InterruptedException {
        if (!away.test(failure)) {
            otherwise.await(kind, failure, wait);
            return;
        }
        open(failure);
        Instant end = clock.instant().plus(wait);
        while (isOpen() && clock.instant().isBefore(end)) {
            if (breaker.tryAcquirePermission()) {
                ask();
            } else {
                awaitClosing(end);
            }
        }
    }

    /** Only from closed: a failure that is told late must not end the probe of somebody else. */
    private void open(Exception failure) {
        lock.lock();
        try {
            if (!isOpen()) {
                breaker.onError(0, TimeUnit.NANOSECONDS, failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void ask() throws InterruptedException {
        FutureTask<Void> asked = new FutureTask<>(probe);
        Thread.ofPlatform().daemon().name("tokensync-probe").start(asked);
        try {
            asked.get();
            answered();
        } catch (InterruptedException e) {
            breaker.releasePermission();
            throw e;
        } catch (ExecutionException e) {
            judge(e.getCause());
        }
    }

    /** Another failure than being away is an answer too: whoever waits hears it for himself. */
    private void judge(Throwable failure) {
        if (failure instanceof Exception known && away.test(known)) {
            breaker.onError(0, TimeUnit.NANOSECONDS, known);
        } else {
            answered();
        }
    }

    private void answered() {
        log.atInfo().setMessage("there is an answer again").addKeyValue("from", breaker.getName()).log();
        lock.lock();
        try {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            closed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitClosing(Instant end) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), end);
        Duration pause = left.compareTo(interval) < 0 ? left : interval.dividedBy(4);
        lock.lock();
        try {
            long nanos = pause.toNanos();
            while (isOpen() && nanos > 0) {
                nanos = closed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}

package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The one lock of a loop's queue, and how its threads wait for each other. */
final class QueueLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What may wait while it holds the lock. */
    @FunctionalInterface
    interface Waiting<T> {
        T get() throws InterruptedException;
    }

    <T> T asked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    <T> T waiting(Waiting<T> question) throws InterruptedException {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** And whoever waits has another look. */
    void changed(Runnable change) {
        locked(() -> {
            change.run();
            changed.signalAll();
        });
    }

    // ---- to be called while the lock is held, which is given up meanwhile

    /** What is signaled by {@link #changed}. */
    Condition condition() {
        return changed;
    }

    /** Waits this long, unless the condition holds; returns whether it does. */
    boolean sleepUnless(BooleanSupplier condition, Duration wait) throws InterruptedException {
        long nanos = wait.toNanos();
        while (!condition.getAsBoolean() && nanos > 0) {
            nanos = changed.awaitNanos(nanos);
        }
        return condition.getAsBoolean();
    }

    void awaitUninterruptibly(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            changed.awaitUninterruptibly();
        }
    }

    /** Whether the condition holds within the bound; an interrupt ends the waiting, and stays. */
    boolean await(BooleanSupplier condition, Duration bound) {
        try {
            return sleepUnless(condition, bound);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return condition.getAsBoolean();
        }
    }
}

package io.tokensync.writer.batch;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A thread for the database, which nobody interrupts: an interrupt that meets the embedded database while it reads its
 * file would close that file for everybody. Whoever waits can be interrupted; the work then has a bound to end, and
 * whether it has ended or not does no harm, since the same work is going to be done again.
 */
public final class OwnThread implements AutoCloseable {
    private final Duration bound;
    private final ExecutorService thread;

    /** What is done there. */
    @FunctionalInterface
    public interface SqlCallable<T> {
        T run() throws SqlFailure, InterruptedException;
    }

    /**
     * @param name of the thread
     * @param bound how long an interrupted caller waits for the end of the work, and closing for its end
     */
    public OwnThread(String name, Duration bound) {
        this.bound = bound;
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Does the work there and waits for it. */
    public <T> T call(SqlCallable<T> work) throws SqlFailure, InterruptedException {
        Future<T> outcome = thread.submit(work::run);
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            awaitEnd(outcome);
            throw e;
        } catch (ExecutionException e) {
            throw asDeclared(e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException _) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(Future<?> outcome) {
        try {
            outcome.get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException _) {
            // The work is dropped whatever became of it.
        }
    }

    private static SqlFailure asDeclared(Throwable failure) throws InterruptedException {
        return switch (failure) {
            case SqlFailure declared -> declared;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException("the work threw what it does not declare", failure);
        };
    }
}

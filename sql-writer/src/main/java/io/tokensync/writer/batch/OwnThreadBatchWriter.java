package io.tokensync.writer.batch;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes in a thread of its own, which nobody interrupts: an interrupt that meets the embedded database while it reads its
 * file would close that file for everybody. Whoever waits can be interrupted; the write then has a bound to end, and
 * whether it has ended or not does no harm, since the same batch is going to be written again.
 */
public final class OwnThreadBatchWriter implements BatchWriter, AutoCloseable {
    private final BatchWriter writer;
    private final Duration bound;
    private final ExecutorService thread;

    /**
     * @param name of the thread
     * @param bound how long an interrupted caller waits for the end of the write, and closing for its end
     */
    public OwnThreadBatchWriter(BatchWriter writer, String name, Duration bound) {
        this.writer = writer;
        this.bound = bound;
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure, InterruptedException {
        Future<WriteOutcome> outcome = thread.submit(() -> writer.write(batch));
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

    private void awaitEnd(Future<WriteOutcome> outcome) {
        try {
            outcome.get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException _) {
            // The batch is dropped whatever became of it.
        }
    }

    private static SqlFailure asDeclared(Throwable failure) throws InterruptedException {
        return switch (failure) {
            case SqlFailure declared -> declared;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException("a batch writer threw what it does not declare", failure);
        };
    }
}

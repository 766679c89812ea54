package io.tokensync.writer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.session.SessionWriter;

/**
 * Lets nothing through before the database has answered and its schema was found complete. The check begins with the
 * writer, not with the first batch, and goes on for as long as it takes; meanwhile the loops poll.
 */
final class SchemaGate implements AutoCloseable {
    private final SqlCallable missing;
    private final Retrier retrier;
    private final StageStatus status;
    private final CompletableFuture<Void> check = new CompletableFuture<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("tokensync-writer-schema").unstarted(this::check);

    /** Asks what is not there. */
    @FunctionalInterface
    interface SqlCallable {
        /** A sentence for each thing that is missing. */
        List<String> missing() throws SqlFailure;
    }

    /**
     * @param missing what the gate waits for
     * @param status of the gate alone; the retrier writes it too
     */
    SchemaGate(SqlCallable missing, Retrier retrier, StageStatus status) {
        this.missing = missing;
        this.retrier = retrier;
        this.status = status;
    }

    void start() {
        thread.start();
    }

    /** Whether the check has ended in a way that waiting does not repair. */
    boolean hasFailed() {
        return check.isCompletedExceptionally() && !check.isCancelled();
    }

    /** Runs this, on the thread of the check, when it has found everything there. */
    void onPassed(Runnable action) {
        var _ = check.thenRun(action);
    }

    /**
     * The writer behind the gate.
     *
     * @param loop status of the loop that writes; it waits as long as the gate is closed
     */
    BatchWriter guard(BatchWriter writer, StageStatus loop) {
        return batch -> {
            pass(loop);
            return writer.write(batch);
        };
    }

    /** As {@link #guard(BatchWriter, StageStatus)}. */
    SessionWriter guardSummaries(SessionWriter writer, StageStatus loop) {
        return batch -> {
            pass(loop);
            writer.write(batch);
        };
    }

    /** Waits as long as the gate is closed, and says so in the status of the loop. */
    void pass(StageStatus loop) throws SqlFailure, InterruptedException {
        if (!check.isDone()) {
            loop.waiting(FailureKind.TRANSIENT, "the schema of the database has not been checked yet");
            await();
            loop.running();
        }
        await();
    }

    @Override
    public void close() {
        check.cancel(false);
        thread.interrupt();
    }

    private void check() {
        try {
            retrier.run("check the schema", () -> {
                requireComplete();
                return null;
            });
            check.complete(null);
            status.stopped();
        } catch (InterruptedException e) {
            check.completeExceptionally(e);
            status.stopped();
        } catch (Throwable e) { // errors of the JVM too: nobody else would hear of them
            check.completeExceptionally(e);
            status.failed("the schema could not be checked: " + e);
        }
    }

    private void await() throws SqlFailure, InterruptedException {
        try {
            check.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SqlFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("the schema could not be checked", e.getCause());
        }
    }

    private void requireComplete() throws SqlFailure {
        List<String> lacking = missing.missing();
        if (!lacking.isEmpty()) {
            throw new SqlFailure(FailureKind.ENVIRONMENT, 0, null, String.join("; ", lacking), null);
        }
    }
}

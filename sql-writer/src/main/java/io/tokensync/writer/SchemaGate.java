package io.tokensync.writer;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.retry.Retrier;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.schema.Schema;

/**
 * Lets nothing through before the database has answered and its schema was found complete. The check begins with the
 * writer, not with the first batch, and goes on for as long as it takes; meanwhile the loops poll.
 */
final class SchemaGate implements AutoCloseable {
    private final FutureTask<Void> check;
    private final Thread thread;

    SchemaGate(Schema schema, Retrier retrier) {
        this.check = new FutureTask<>(() -> retrier.run("check the schema", () -> {
            requireComplete(schema);
            return null;
        }));
        this.thread = Thread.ofPlatform().daemon().name("tokensync-writer-schema").unstarted(check);
    }

    void start() {
        thread.start();
    }

    /** The writer behind the gate. */
    BatchWriter guard(BatchWriter writer) {
        return batch -> {
            await();
            return writer.write(batch);
        };
    }

    @Override
    public void close() {
        check.cancel(true);
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

    private static void requireComplete(Schema schema) throws SqlFailure {
        List<String> missing = schema.missing();
        if (!missing.isEmpty()) {
            throw new SqlFailure(FailureKind.ENVIRONMENT, 0, null, String.join("; ", missing), null);
        }
    }
}

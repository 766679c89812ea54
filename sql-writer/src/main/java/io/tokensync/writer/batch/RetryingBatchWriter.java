package io.tokensync.writer.batch;

import io.tokensync.common.retry.Retrier;

/** Writes the whole batch again for as long as the failure is one that passes. The only layer of the writer that retries. */
public final class RetryingBatchWriter implements BatchWriter {
    private final BatchWriter writer;
    private final Retrier retrier;

    public RetryingBatchWriter(BatchWriter writer, Retrier retrier) {
        this.writer = writer;
        this.retrier = retrier;
    }

    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure, InterruptedException {
        try {
            return retrier.run("write batch", () -> writer.write(batch));
        } catch (SqlFailure | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a batch writer threw what it does not declare", e);
        }
    }
}

package io.tokensync.writer.batch;

/**
 * Applies a batch to {@code TokenRecords} by the convergence invariant. When it returns, the database has committed; when
 * it throws, nothing was committed, or part of it, or nobody knows: writing the same batch again is always right.
 * Used by one thread at a time.
 */
@FunctionalInterface
public interface BatchWriter {
    /**
     * Writes the batch.
     *
     * @throws SqlFailure when the database fails or rejects; its kind says what helps
     * @throws InterruptedException when the thread is interrupted while waiting
     */
    WriteOutcome write(TokenBatch batch) throws SqlFailure, InterruptedException;
}

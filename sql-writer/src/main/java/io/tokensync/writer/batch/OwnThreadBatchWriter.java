package io.tokensync.writer.batch;

import java.time.Duration;

/** Writes in an {@link OwnThread}. */
public final class OwnThreadBatchWriter implements BatchWriter, AutoCloseable {
    private final BatchWriter writer;
    private final OwnThread thread;

    /**
     * @param name of the thread
     * @param bound how long an interrupted caller waits for the end of the write, and closing for its end
     */
    public OwnThreadBatchWriter(BatchWriter writer, String name, Duration bound) {
        this.writer = writer;
        this.thread = new OwnThread(name, bound);
    }

    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure, InterruptedException {
        return thread.call(() -> writer.write(batch));
    }

    @Override
    public void close() {
        thread.close();
    }
}

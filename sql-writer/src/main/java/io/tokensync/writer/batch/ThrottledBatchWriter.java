package io.tokensync.writer.batch;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.runtime.StageStatus;

/** Writes only while the database has not asked for fewer writers than there are. */
public final class ThrottledBatchWriter implements BatchWriter {
    private final BatchWriter writer;
    private final Concurrency concurrency;
    private final StageStatus status;

    /**
     * @param concurrency shared by all writers of the process
     * @param status told while this writer stands back
     */
    public ThrottledBatchWriter(BatchWriter writer, Concurrency concurrency, StageStatus status) {
        this.writer = writer;
        this.concurrency = concurrency;
        this.status = status;
    }

    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure, InterruptedException {
        boolean standsBack = concurrency.isFull();
        if (standsBack) {
            status.waiting(FailureKind.THROTTLED, "stands back, because the database has asked for fewer writers");
        }
        concurrency.enter();
        try {
            if (standsBack) {
                status.running();
            }
            WriteOutcome outcome = writer.write(batch);
            concurrency.succeeded();
            return outcome;
        } catch (SqlFailure e) {
            if (e.kind() == FailureKind.THROTTLED) {
                concurrency.throttled();
            }
            throw e;
        } finally {
            concurrency.leave();
        }
    }
}

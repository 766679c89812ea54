package io.tokensync.writer.batch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells the size of batches what each transaction took, and what was too much; the transaction alone, without waits. */
public final class MeasuringBatchWriter implements BatchWriter {
    private final BatchWriter writer;
    private final BatchSize size;
    private final LongSupplier nanos;

    /**
     * @param writer of one transaction
     * @param nanos time of any origin
     */
    public MeasuringBatchWriter(BatchWriter writer, BatchSize size, LongSupplier nanos) {
        this.writer = writer;
        this.size = size;
        this.nanos = nanos;
    }

    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure, InterruptedException {
        long begin = nanos.getAsLong();
        try {
            WriteOutcome outcome = writer.write(batch);
            size.took(batch.size(), Duration.ofNanos(nanos.getAsLong() - begin));
            return outcome;
        } catch (SqlFailure e) {
            switch (e.kind()) {
                case OVERSIZED -> size.wasTooMuch(batch.size());
                case THROTTLED -> size.throttled();
                // None of these says anything about how much it was.
                case TRANSIENT, CONFLICT, ENVIRONMENT, POISON, UNKNOWN_OUTCOME, FATAL -> {
                }
            }
            throw e;
        }
    }
}

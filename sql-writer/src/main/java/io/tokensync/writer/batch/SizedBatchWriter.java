package io.tokensync.writer.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a batch in transactions of the size that suits the database now. Each is written to its end, with all its
 * repetitions, before the next begins, so that none is counted twice.
 */
public final class SizedBatchWriter implements BatchWriter {
    private final BatchWriter writer;
    private final BatchSize size;

    public SizedBatchWriter(BatchWriter writer, BatchSize size) {
        this.writer = writer;
        this.size = size;
    }

    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure, InterruptedException {
        Map<ReceiptKey, BatchCounts> counts = new HashMap<>();
        List<WriteOutcome.Rejected> rejected = new ArrayList<>();
        for (int from = 0; from < batch.size();) {
            int left = batch.size() - from;
            // Equal parts: a small rest would cost a transaction of its own.
            int parts = Math.ceilDiv(left, size.rows());
            int to = from + Math.ceilDiv(left, parts);
            WriteOutcome outcome = writer.write(batch.part(from, to));
            outcome.byOrigin().forEach((origin, more) -> counts.merge(origin, more, BatchCounts::plus));
            rejected.addAll(outcome.rejected());
            from = to;
        }
        return new WriteOutcome(counts, rejected);
    }
}

package io.tokensync.writer.handler;

import java.util.concurrent.atomic.LongAdder;

import io.tokensync.writer.batch.BatchCounts;

/** What the writer has done since its start, for progress lines and reports. Thread-safe. */
public final class WriteProgress {
    private final LongAdder consumed = new LongAdder();
    private final LongAdder inserted = new LongAdder();
    private final LongAdder updated = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder superseded = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder sqlErrors = new LongAdder();

    /**
     * One reading. Without a batch in between, consumed is the sum of inserted, updated, unchanged, stale, superseded and
     * dead-lettered.
     *
     * @param consumed records taken from the topic
     * @param superseded records merged into another one of the same batch and row
     * @param sqlErrors failures of the database that were waited for
     */
    public record Snapshot(long consumed, long inserted, long updated, long unchanged, long stale, long superseded,
            long deadLettered, long sqlErrors) {}

    public Snapshot snapshot() {
        return new Snapshot(consumed.sum(), inserted.sum(), updated.sum(), unchanged.sum(), stale.sum(),
                superseded.sum(),
                deadLettered.sum(), sqlErrors.sum());
    }

    void batch(int records, BatchCounts counts, int dead) {
        consumed.add(records);
        inserted.add(counts.inserted());
        updated.add(counts.updated());
        unchanged.add(counts.unchanged());
        stale.add(counts.stale());
        deadLettered.add(dead);
        superseded.add(records - counts.rows() - dead);
    }

    void sqlError() {
        sqlErrors.increment();
    }
}

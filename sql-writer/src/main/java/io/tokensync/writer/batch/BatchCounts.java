package io.tokensync.writer.batch;

/**
 * What became of the rows of a batch.
 *
 * @param inserted rows new to the table
 * @param updated rows of which at least one register was newer than the table's
 * @param unchanged rows that the table had exactly so
 * @param stale rows of which the table knows something newer; nothing was written
 */
public record BatchCounts(long inserted, long updated, long unchanged, long stale) {
    public static final BatchCounts NONE = new BatchCounts(0, 0, 0, 0);

    public BatchCounts plus(BatchCounts other) {
        return new BatchCounts(inserted + other.inserted, updated + other.updated, unchanged + other.unchanged,
                stale + other.stale);
    }

    /** Rows that the table has otherwise than before. */
    public long written() {
        return inserted + updated;
    }

    /** All rows that were looked at. */
    public long rows() {
        return inserted + updated + unchanged + stale;
    }
}

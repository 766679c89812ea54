package io.tokensync.standalone.run;

import java.util.List;

/**
 * One reading of a run's counters.
 *
 * @param expected rows that the databases hold, estimated before they are read
 * @param read rows read so far
 * @param published new and changed rows that the broker has acknowledged
 * @param done rows that have reached an end: unchanged, rejected, or consumed by the writer
 * @param written records that changed the table
 * @param fetched contents fetched and verified
 * @param sqlErrors failures that the database has answered with
 * @param waiting stages that cannot make progress now, each with its reason
 */
public record Progress(long expected, long read, long published, long done, long written, long fetched, long sqlErrors,
        List<String> waiting) {
    private static final int ALL = 100;
    private static final double MOST = 99.9;

    /** As {@link #percent}, with what is behind the point. */
    public double percentage() {
        long total = Math.max(expected, read);
        return total == 0 ? 0 : Math.min(MOST, done * (double) ALL / total);
    }

    /** Share of the rows that have reached an end; 99 until the run itself says that it is done. */
    public int percent() {
        long total = Math.max(expected, read);
        return total == 0 ? 0 : (int) Math.min(ALL - 1L, done * ALL / total);
    }
}

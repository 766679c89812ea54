package io.tokensync.writer.jdbc;

import java.sql.SQLException;

/** A batch that the database can compare and merge with {@code TokenRecords}. Valid within one transaction. */
interface StagedBatch {
    /**
     * The staged rows beside the table's.
     *
     * @param matched rows that are in the table
     * @param newer of these, those of which a register is newer than the table's
     * @param same of these, those that are in the table exactly so
     */
    record Comparison(long matched, long newer, long same) {}

    /** What the merge would do. Reads only. */
    Comparison compare() throws SQLException;

    /** Applies the law of convergence, and returns how many rows were inserted or updated. */
    long merge() throws SQLException;
}

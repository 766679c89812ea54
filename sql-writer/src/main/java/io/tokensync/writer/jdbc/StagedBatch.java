package io.tokensync.writer.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A batch that the database can compare and merge with {@code TokenRecords}. Valid within one transaction. */
interface StagedBatch {
    /**
     * The staged rows of one origin beside the table's.
     *
     * @param origin number of the origin
     * @param matched rows that are in the table
     * @param newer of these, those of which a register is newer than the table's
     * @param same of these, those that are in the table exactly so
     */
    record Comparison(long origin, long matched, long newer, long same) {
        static List<Comparison> read(ResultSet result) throws SQLException {
            List<Comparison> comparisons = new ArrayList<>();
            while (result.next()) {
                comparisons.add(new Comparison(result.getLong(1), result.getLong(2), result.getLong(3),
                        result.getLong(4)));
            }
            return comparisons;
        }
    }

    /** What the merge would do; nothing for an origin of which no row is in the table. Reads only. */
    List<Comparison> compare() throws SQLException;

    /** Applies the convergence invariant, and returns how many inserts and updates of rows that took. */
    long merge() throws SQLException;
}

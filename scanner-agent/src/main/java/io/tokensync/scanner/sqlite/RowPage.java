package io.tokensync.scanner.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one short read transaction.
 *
 * @param rows in the order of the statement
 * @param full whether it ended at its limit, so that there may be more rows behind these
 */
record RowPage(List<RawRow> rows, boolean full) {

    /** Runs the statement and takes everything out of it before anything else is done: the node may be waiting. */
    static RowPage read(TableLayout layout, PreparedStatement statement, PageLimit limit) throws SQLException {
        StoredRows stored = new StoredRows(layout, statement);
        List<RawRow> rows = new ArrayList<>();
        boolean full = false;
        long begin = System.nanoTime();
        try (ResultSet results = statement.executeQuery()) {
            while (!full && results.next()) {
                rows.add(stored.current());
                full = limit.isReached(rows.size(), begin);
            }
        }
        return new RowPage(rows, full);
    }
}

package io.tokensync.scanner.source.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.sqlite.file.SqliteFailure;

/**
 * Rows of one short read transaction.
 *
 * @param rows in the order of the statement
 * @param full whether it ended at its limit, so that there may be more rows behind these
 * @param bytes of their values
 * @param nanos for which a writer had to wait for it
 */
record RowPage(List<RawRow> rows, boolean full, int bytes, long nanos) {

    /** A statement whose arguments are set. */
    @FunctionalInterface
    interface Bound {
        PreparedStatement statement() throws SQLException;
    }

    /**
     * Reads a page, and once more with the lengths first when something in it is too long.
     *
     * @param usual a statement that reads values alone
     * @param careful one that reads their lengths too
     */
    static RowPage read(TableLayout layout, Bound usual, Bound careful, PageLimit limit) throws SQLException {
        try {
            PreparedStatement statement = usual.statement();
            return read(StoredRows.usual(layout, statement), statement, limit);
        } catch (SQLException e) {
            if (!SqliteFailure.isTooLong(e)) {
                throw e;
            }
            PreparedStatement statement = careful.statement();
            return read(StoredRows.careful(layout, statement), statement, limit);
        }
    }

    /** Runs the statement and takes everything out of it before anything else is done: the node may be waiting. */
    private static RowPage read(StoredRows stored, PreparedStatement statement, PageLimit limit) throws SQLException {
        List<RawRow> rows = new ArrayList<>();
        boolean full = false;
        long begin;
        try (ResultSet results = statement.executeQuery()) {
            begin = System.nanoTime(); // what comes before is the waiting for the writer
            while (!full && results.next()) {
                rows.add(stored.current());
                full = limit.isReached(rows.size(), stored.bytes(), begin);
            }
        }
        return new RowPage(rows, full, stored.bytes(), System.nanoTime() - begin);
    }
}

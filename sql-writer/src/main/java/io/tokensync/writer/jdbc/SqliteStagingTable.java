package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;

import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.jdbc.WriteListener.Phase;

/**
 * The stage of SQLite is the batch itself: the database is in this process, so that rows are looked up, and written when they are
 * newer, by statements of their own. Rows come in the order of the table's key, and find its pages in the cache. While
 * the last ones were mostly new, the next are inserted first, and only those are looked up that are there already.
 */
final class SqliteStagingTable implements StagingTable {
    /** As many as one statement looks up. */
    private static final int ROWS_AT_ONCE = 64;

    private final SqliteStatements statements;
    private final int rowsAtOnce;
    private final boolean history;
    private boolean mostlyNew;

    /** @param history whether versions are written into the history */
    SqliteStagingTable(boolean history) {
        this(ROWS_AT_ONCE, history);
    }

    /** @param rowsAtOnce after how many the order of looking and inserting may change */
    SqliteStagingTable(int rowsAtOnce, boolean history) {
        this.statements = new SqliteStatements(history);
        this.rowsAtOnce = rowsAtOnce;
        this.history = history;
    }

    @Override
    public List<BatchCounts> write(Connection connection, StagedBatch staged, PhaseTimes times) throws SQLException {
        List<StagedRow> rows = staged.rows();
        times.timed(Phase.STAGE, () -> lock(connection));
        Relations relations = new Relations(rows.size(), Relations.NEW);
        int atOnce = Math.min(rowsAtOnce, rows.size());
        try (SqliteBatch batch = new SqliteBatch(connection, statements, rows, relations, atOnce)) {
            for (int from = 0; from < rows.size(); from += atOnce) {
                write(batch, IntStream.range(from, Math.min(from + atOnce, rows.size())).toArray(), times);
            }
            record(batch, staged.versions(), times);
        }
        return relations.counts(rows);
    }

    /** Takes the lock for writing: what is read behind it stays so until the end of the transaction. */
    int lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(statements.lock());
        }
    }

    private void write(SqliteBatch batch, int[] rows, PhaseTimes times) throws SQLException {
        int[] there = mostlyNew ? times.timed(Phase.MERGE, () -> batch.insert(rows)) : rows;
        int[] missing = there.length == 0 ? there : times.timed(Phase.COMPARE, () -> batch.lookUp(there));
        int[] newer = batch.newer(there);
        if (missing.length + newer.length > 0) {
            times.timed(Phase.MERGE, () -> batch.insert(missing).length + batch.update(newer));
        }
        if (history) {
            record(batch, batch.unrecorded(rows), times);
        }
        mostlyNew = 2 * (rows.length - there.length + missing.length) > rows.length;
    }

    private static void record(SqliteBatch batch, List<StagedRow> versions, PhaseTimes times) throws SQLException {
        if (!versions.isEmpty()) {
            times.timed(Phase.HISTORY, () -> batch.record(versions));
        }
    }
}

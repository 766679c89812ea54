package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;

import io.tokensync.common.model.Content;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.jdbc.WriteListener.Phase;

/**
 * The stage of SQL Server: heaps of the connection, each filled by one bulk copy. Rows are staged whole in {@code #stage}, counted and
 * merged, and their versions go from there into the history. While those of the batch before were mostly known, as in a replay,
 * {@code #narrow} takes what is compared alone, and only what turns out to be newer, or not in the history, is staged whole.
 */
final class SqlServerStagingTable implements StagingTable {
    private static final SqlText WHOLE = new SqlText("sqlserver");
    private static final SqlText NARROW = new SqlText("sqlserver", "narrow.sql");
    private static final SqlText NARROW_ALONE = new SqlText("sqlserver", "narrow.sql", "without_history.sql");
    private static final SqlText VERSIONS = new SqlText("sqlserver", "sqlserver/versions.sql");

    private final String prepare = WHOLE.part("prepare");
    private final String count = WHOLE.statement("count.sql");
    private final String merge = WHOLE.statement("merge.sql");
    private final String content = WHOLE.statement("sqlserver/content.sql");
    private final String prepareNarrow = NARROW.part("prepare_narrow");
    private final String prepareVersions = WHOLE.part("prepare_versions");
    private final String recordStage = WHOLE.statement("history.sql");
    private final String recordVersions = VERSIONS.statement("history.sql");
    private final String compareNarrow;
    private final int timeoutSeconds;
    private final boolean history;
    /** A first write must not pay for what makes a replay cheap. */
    private boolean mostlyKnown;

    /**
     * @param timeoutSeconds of the bulk copy
     * @param history whether versions are written into the history
     */
    SqlServerStagingTable(int timeoutSeconds, boolean history) {
        this.timeoutSeconds = timeoutSeconds;
        this.history = history;
        this.compareNarrow = (history ? NARROW : NARROW_ALONE).part("compare_narrow");
    }

    @Override
    public List<BatchCounts> write(Connection connection, StagedBatch batch, PhaseTimes times) throws SQLException {
        List<StagedRow> rows = batch.rows();
        List<BatchCounts> counts = mostlyKnown ? compareFirst(connection, rows, times) : stage(connection, rows, times);
        if (!batch.versions().isEmpty()) {
            times.timed(Phase.STAGE,
                    () -> copy(connection, prepareVersions, "#versions", batch.versions(), StagingColumn.HISTORY));
            times.timed(Phase.HISTORY, () -> run(connection, recordVersions));
        }
        return counts;
    }

    private static long written(List<BatchCounts> counts) {
        return counts.stream().mapToLong(BatchCounts::written).sum();
    }

    private List<BatchCounts> stage(Connection connection, List<StagedRow> rows, PhaseTimes times) throws SQLException {
        times.timed(Phase.STAGE, () -> copy(connection, prepare, "#stage", rows, StagingColumn.WHOLE));
        List<BatchCounts> counts = times.timed(Phase.COMPARE, () -> count(connection, rows));
        if (written(counts) > 0) {
            times.timed(Phase.MERGE, () -> merge(connection, rows));
        }
        long recorded = record(connection, rows, times);
        mostlyKnown = 2 * Math.max(written(counts), recorded) < rows.size();
        return counts;
    }

    private long record(Connection connection, List<StagedRow> rows, PhaseTimes times) throws SQLException {
        return history && rows.stream().anyMatch(StagedBatch::isVersion)
                ? times.timed(Phase.HISTORY, () -> run(connection, recordStage))
                : 0;
    }

    private static long run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    private List<BatchCounts> compareFirst(Connection connection, List<StagedRow> rows, PhaseTimes times)
            throws SQLException {
        times.timed(Phase.STAGE, () -> copy(connection, prepareNarrow, "#narrow", rows, StagingColumn.NARROW));
        Relations relations = times.timed(Phase.COMPARE, () -> compare(connection, rows.size()));
        List<StagedRow> whole = rows.stream().filter(row -> isNews(relations, row.number())).toList();
        if (!whole.isEmpty()) {
            times.timed(Phase.STAGE, () -> copy(connection, prepare, "#stage", whole, StagingColumn.WHOLE));
            if (whole.stream().anyMatch(row -> relations.isWritten(row.number()))) {
                times.timed(Phase.MERGE, () -> merge(connection, whole));
            }
            record(connection, whole, times);
        }
        mostlyKnown = 2 * whole.size() < rows.size();
        return relations.counts(rows);
    }

    private static boolean isNews(Relations relations, int row) {
        return relations.isWritten(row) || !relations.isRecorded(row);
    }

    private int copy(Connection connection, String preparation, String table, List<StagedRow> rows,
            List<StagingColumn> columns) throws SQLException {
        // A plain statement: a temporary table made inside a prepared one would be gone behind it.
        try (Statement statement = connection.createStatement()) {
            statement.execute(preparation);
        }
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection.unwrap(SQLServerConnection.class))) {
            copy.setBulkCopyOptions(options());
            copy.setDestinationTableName(table);
            for (StagingColumn column : columns) {
                copy.addColumnMapping(column.column(), column.column());
            }
            copy.writeToServer(new BulkRows(rows, columns));
        }
        return rows.size();
    }

    private SQLServerBulkCopyOptions options() throws SQLException {
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setBulkCopyTimeout(timeoutSeconds);
        options.setTableLock(true);
        return options;
    }

    private Relations compare(Connection connection, int rows) throws SQLException {
        Relations relations = new Relations(rows, Relations.SAME);
        IntStream.range(0, rows).forEach(row -> relations.setRecorded(row, true));
        try (Statement statement = connection.createStatement();
                ResultSet others = statement.executeQuery(compareNarrow)) {
            while (others.next()) {
                relations.set(others.getInt(1), others.getInt(2));
                relations.setRecorded(others.getInt(1), others.getInt(3) == 1);
            }
        }
        return relations;
    }

    private List<BatchCounts> count(Connection connection, List<StagedRow> rows) throws SQLException {
        long[] sizes = new long[1 + rows.stream().mapToInt(StagedRow::origin).max().orElse(-1)];
        rows.forEach(row -> sizes[row.origin()]++);
        List<BatchCounts> counts = new ArrayList<>();
        Arrays.stream(sizes).forEach(size -> counts.add(new BatchCounts(size, 0, 0, 0)));
        try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(count)) {
            while (found.next()) {
                int origin = found.getInt(1);
                long matched = found.getLong(2);
                long newer = found.getLong(3);
                long same = found.getLong(4);
                counts.set(origin, new BatchCounts(sizes[origin] - matched, newer, same, matched - newer - same));
            }
        }
        return counts;
    }

    private long merge(Connection connection, List<StagedRow> rows) throws SQLException {
        // Content that is absent is never newer.
        boolean withContent = rows.stream().anyMatch(row -> !(row.state().content() instanceof Content.Absent));
        try (Statement statement = connection.createStatement()) {
            long merged = statement.executeLargeUpdate(merge);
            return withContent ? merged + statement.executeLargeUpdate(content) : merged;
        }
    }
}

package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import com.microsoft.sqlserver.jdbc.SQLServerConnection;

import io.tokensync.common.model.Content;

/** The stage of SQL Server: the heap {@code #stage} of the connection, filled by one bulk copy. */
final class SqlServerStagingTable implements StagingTable {
    private final String prepare;
    private final String compare;
    private final String content;
    private final String merge;
    private final int timeoutSeconds;

    /**
     * @param timeoutSeconds of the bulk copy
     */
    SqlServerStagingTable(int timeoutSeconds) {
        SqlText text = new SqlText("sqlserver");
        this.prepare = text.part("prepare");
        this.compare = text.statement("count.sql");
        this.content = text.statement("sqlserver/content.sql");
        this.merge = text.statement("merge.sql");
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public StagedBatch load(Connection connection, List<StagedRow> rows) throws SQLException {
        // A plain statement: a temporary table made inside a prepared one would be gone behind it.
        try (Statement statement = connection.createStatement()) {
            statement.execute(prepare);
        }
        copy(connection.unwrap(SQLServerConnection.class), rows);
        // Content that is absent is never newer.
        boolean withContent = rows.stream().anyMatch(row -> !(row.state().content() instanceof Content.Absent));
        return new Loaded(connection, withContent);
    }

    private void copy(SQLServerConnection connection, List<StagedRow> rows) throws SQLException {
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setBulkCopyOptions(options());
            copy.setDestinationTableName("#stage");
            for (StagingColumn column : StagingColumn.values()) {
                copy.addColumnMapping(column.column(), column.column());
            }
            copy.writeToServer(new BulkRows(rows));
        }
    }

    private SQLServerBulkCopyOptions options() throws SQLException {
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setBulkCopyTimeout(timeoutSeconds);
        options.setTableLock(true);
        return options;
    }

    private final class Loaded implements StagedBatch {
        private final Connection connection;
        private final boolean withContent;

        Loaded(Connection connection, boolean withContent) {
            this.connection = connection;
            this.withContent = withContent;
        }

        @Override
        public List<Comparison> compare() throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(compare)) {
                return Comparison.read(result);
            }
        }

        @Override
        public long merge() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                long rows = statement.executeLargeUpdate(merge);
                return withContent ? rows + statement.executeLargeUpdate(content) : rows;
            }
        }
    }
}

package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The stage of H2: the batch travels as one array per column with each statement; there is no temporary table. */
final class H2StagingTable implements StagingTable {
    private static final StagingColumn[] COLUMNS = StagingColumn.values();

    private final String compare;
    private final String merge;

    H2StagingTable() {
        SqlText text = new SqlText("h2");
        this.compare = text.statement("count.sql");
        this.merge = text.statement("merge.sql");
    }

    @Override
    public StagedBatch load(Connection connection, List<StagedRow> rows) {
        return new Arrays(connection, columns(rows));
    }

    private static Object[][] columns(List<StagedRow> rows) {
        Object[][] values = new Object[COLUMNS.length][rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            StagedRow staged = rows.get(row);
            for (int column = 0; column < COLUMNS.length; column++) {
                values[column][row] = COLUMNS[column].of(staged);
            }
        }
        return values;
    }

    private final class Arrays implements StagedBatch {
        private final Connection connection;
        private final Object[][] columns;

        Arrays(Connection connection, Object[][] columns) {
            this.connection = connection;
            this.columns = columns;
        }

        @Override
        public List<Comparison> compare() throws SQLException {
            try (PreparedStatement statement = prepare(compare); ResultSet result = statement.executeQuery()) {
                return Comparison.read(result);
            }
        }

        @Override
        public long merge() throws SQLException {
            try (PreparedStatement statement = prepare(merge)) {
                return statement.executeLargeUpdate();
            }
        }

        private PreparedStatement prepare(String sql) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int column = 0; column < columns.length; column++) {
                statement.setObject(column + 1, columns[column]);
            }
            return statement;
        }
    }
}

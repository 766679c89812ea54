package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.sql.DataSource;

import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenState;

/** {@code TokenRecords} as it is, and as the model says it must be: every column of every row. */
public final class Table {
    private static final Set<StagingColumn> OF_THE_TABLE = EnumSet.range(StagingColumn.SOURCE_IP,
            StagingColumn.CONTENT_HASH);

    private final DataSource database;

    public Table(DataSource database) {
        this.database = database;
    }

    /** What the table must hold after these records, in whatever order. */
    public static Map<TokenKey, Map<String, Object>> expected(Collection<TokenRecord> records) {
        Map<TokenKey, TokenState> states = new TreeMap<>();
        for (TokenRecord record : records) {
            states.merge(record.key(), TokenState.of(record), TokenState::merge);
        }
        Map<TokenKey, Map<String, Object>> rows = new TreeMap<>();
        states.forEach((key, state) -> rows.put(key, columns(state)));
        return rows;
    }

    /** What the table holds. */
    public Map<TokenKey, Map<String, Object>> rows() throws SQLException {
        Map<TokenKey, Map<String, Object>> rows = new TreeMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM dbo.TokenRecords")) {
            while (result.next()) {
                Map<String, Object> row = row(result);
                TokenKey key = new TokenKey((String) row.get("source_ip"), (String) row.get("node_name"),
                        (String) row.get("token_id"));
                if (rows.put(key, row) != null) {
                    throw new AssertionError("two rows for " + key);
                }
            }
        }
        return rows;
    }

    /** The values of one column, by token id. */
    public Map<String, Object> column(String name) throws SQLException {
        Map<String, Object> values = new TreeMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT token_id, " + name + " FROM dbo.TokenRecords")) {
            while (result.next()) {
                values.put(result.getString(1), result.getObject(2));
            }
        }
        return values;
    }

    /** Runs statements and commits. */
    public void run(String... statements) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /** One column of a query's rows. */
    public List<Object> query(String sql) throws SQLException {
        List<Object> values = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getObject(1));
            }
        }
        return values;
    }

    private static Map<String, Object> columns(TokenState state) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (StagingColumn column : OF_THE_TABLE) {
            row.put(column.column(), column.of(new StagedRow(state, 0, 0)));
        }
        return row;
    }

    private static Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (StagingColumn column : OF_THE_TABLE) {
            row.put(column.column(), value(result, column));
        }
        return row;
    }

    private static Object value(ResultSet result, StagingColumn column) throws SQLException {
        return switch (column.type()) {
            case TEXT, LONG_TEXT -> result.getString(column.column());
            case NUMBER -> result.getLong(column.column());
            case FLAG -> result.getBoolean(column.column());
            case TIME -> SqlTimes.read(result, column.column());
        };
    }
}

package io.tokensync.simulator.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.sqlite.SQLiteConfig;

/** Reads a node's database with plain JDBC, without a word of the code under test. */
public final class NodeDump {
    private final Path database;

    /** A row: column names in order, with values as SQLite gives them; {@code rowid} in front. */
    public record Row(String table, Map<String, Object> values) {
        public Object get(String column) {
            return values.get(column);
        }

        public boolean has(String column) {
            return values.containsKey(column);
        }
    }

    private NodeDump(Path database) {
        this.database = database;
    }

    public static NodeDump of(Path database) {
        return new NodeDump(database);
    }

    /** All rows of a table in the order of their rowids; empty when there is no such table. */
    public List<Row> rows(String table) throws SQLException {
        List<Row> rows = new ArrayList<>();
        if (columns(table).isEmpty()) {
            return rows;
        }
        query("SELECT rowid AS rowid, * FROM " + table + " ORDER BY rowid", result -> {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                values.put(result.getMetaData().getColumnName(i), result.getObject(i));
            }
            rows.add(new Row(table, values));
        });
        return rows;
    }

    /** Names and declared types of a table's columns, in order; empty when there is no such table. */
    public List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        query("PRAGMA table_info(" + table + ")", result -> columns.add(result.getString("name") + ' '
                + result.getString("type")));
        return columns;
    }

    /** The first value of a query's first row. */
    public Object value(String sql) throws SQLException {
        List<Object> values = new ArrayList<>();
        query(sql, result -> values.add(result.getObject(1)));
        return values.getFirst();
    }

    private interface RowReader {
        void read(ResultSet result) throws SQLException;
    }

    private void query(String sql, RowReader reader) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        if (!Files.exists(database)) {
            throw new SQLException(database + " does not exist");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database, config.toProperties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                reader.read(result);
            }
        }
    }
}

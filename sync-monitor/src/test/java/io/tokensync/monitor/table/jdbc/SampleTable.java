package io.tokensync.monitor.table.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** The tables in a file of SQLite, as the writer's schema makes them, with rows of the test's. */
public final class SampleTable implements AutoCloseable {
    private final SqlSettings settings;
    private final Connection connection;

    private SampleTable(SqlSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /** Empty tables in this directory. */
    public static SampleTable in(Path directory) throws SQLException, SqlFailure {
        SqlSettings settings = SqlSettings.of("jdbc:sqlite:" + directory.resolve("tokens.db"));
        try (Database database = Database.open(settings, 1)) {
            new Schema(database).migrate();
        }
        return new SampleTable(settings, SqlConnections.open(settings));
    }

    public SqlSettings settings() {
        return settings;
    }

    /** Runs a statement. */
    public void run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    /** A row; what is not said is usual. */
    public void row(Map<String, Object> given) throws SQLException {
        insert("TokenRecords", Map.of("source_ip", "10.0.0.1", "node_name", "n1", "did", "did:1", "token_status", "0",
                "status_name", "free", "token_kind", "whole", "token_value", "1", "ipfs_fetched", 1, "synced_at",
                "2026-01-02 03:04:05.1234567"), given);
    }

    /** A version of a row; what is not said is usual. */
    public void version(Map<String, Object> given) throws SQLException {
        insert("TokenHistory", Map.of("source_ip", "10.0.0.1", "node_name", "n1", "did", "did:1", "token_status", "0",
                "status_name", "free", "token_kind", "whole", "token_value", "1", "row_hash", 1), given);
    }

    private void insert(String table, Map<String, Object> usual, Map<String, Object> given) throws SQLException {
        Map<String, Object> row = new TreeMap<>(usual);
        row.putAll(given);
        List<Object> values = new ArrayList<>(row.values());
        run("INSERT INTO dbo." + table + " (" + String.join(", ", row.keySet()) + ") VALUES ("
                + String.join(", ", row.keySet().stream().map(_ -> "?").toList()) + ")", values.toArray());
    }

    /** Writes the log back into the file, and cuts it; 1 when a reader keeps it from that. */
    public int busyAtCheckpoint() throws SQLException {
        try (Statement statement = connection.createStatement();
                var found = statement.executeQuery("PRAGMA dbo.wal_checkpoint(TRUNCATE)")) {
            found.next();
            return found.getInt(1);
        }
    }

    /** Many rows at once. */
    public void inOneTransaction(SqlWork work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            work.run();
            statement.execute("COMMIT");
        }
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface SqlWork {
        void run() throws SQLException;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

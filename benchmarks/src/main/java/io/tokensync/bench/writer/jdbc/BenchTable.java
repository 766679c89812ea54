package io.tokensync.bench.writer.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;

/** {@code TokenRecords} on a database, as far as a benchmark wants to know it. */
public final class BenchTable {
    private static final int SECONDS = 60;
    private final SqlSettings settings;

    public BenchTable(SqlSettings settings) {
        this.settings = settings;
    }

    /** What tells whether a row of a node was written: how many there are, and when the last of them was. */
    public record Reading(long rows, String lastWritten) {}

    /** The rows of one node. */
    public Reading read(String sourceIp, String node) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query = connection
                        .prepareStatement("SELECT COUNT(*), MAX(synced_at) FROM dbo.TokenRecords"
                                + " WHERE source_ip = ? AND node_name = ?")) {
            query.setString(1, sourceIp);
            query.setString(2, node);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return new Reading(result.getLong(1), Objects.toString(result.getObject(2)));
            }
        }
    }

    /** Removes the rows of one node, and its history. */
    public void remove(String sourceIp, String node) throws SQLException {
        try (Connection connection = connect()) {
            for (String table : List.of("TokenRecords", "TokenHistory")) {
                try (PreparedStatement delete = connection
                        .prepareStatement("DELETE FROM dbo." + table + " WHERE source_ip = ? AND node_name = ?")) {
                    delete.setQueryTimeout(SECONDS * SECONDS);
                    delete.setString(1, sourceIp);
                    delete.setString(2, node);
                    delete.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    Dialect dialect() {
        return settings.dialect();
    }

    /** A connection of its own, without auto-commit. */
    Connection connect() throws SQLException {
        Connection connection = SqlConnections.openForBatches(settings);
        connection.setAutoCommit(false);
        return connection;
    }

    static String resource(String name) {
        try (InputStream in = BenchTable.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.tokensync.common.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections to a file of SQLite; those to a server are the driver's. */
class SqlConnectionsTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsCommittedIsOnTheDisk() throws SQLException {
        try (Connection one = SqlConnections.open(settings());
                Connection batches = SqlConnections.openForBatches(settings())) {
            for (Connection connection : new Connection[]{one, batches}) {
                assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
                assertThat(pragma(connection, "synchronous")).as("full").isEqualTo("2");
            }
        }
    }

    /** A process has several, and each keeps what it has once had. */
    @Test
    void onlyWhoWritesMuchHasALargeCache() throws SQLException {
        try (Connection one = SqlConnections.open(settings());
                Connection batches = SqlConnections.openForBatches(settings());
                Connection scripts = SqliteFile.of(settings()).itself();
                Connection reader = SqlConnections.openToRead(settings())) {
            assertThat(kibibytes(one)).isEqualTo(8 << 10);
            assertThat(kibibytes(batches)).isEqualTo(64 << 10);
            assertThat(-Integer.parseInt(result(scripts, "PRAGMA cache_size"))).isEqualTo(64 << 10);
            assertThat(kibibytes(reader)).isEqualTo(32 << 10);
        }
    }

    private SqlSettings settings() {
        return SqlSettings.of("jdbc:sqlite:" + directory.resolve("tokens.db"));
    }

    private static int kibibytes(Connection connection) throws SQLException {
        return -Integer.parseInt(pragma(connection, "cache_size"));
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        return result(connection, "PRAGMA dbo." + name);
    }

    private static String result(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            return result.getString(1);
        }
    }
}

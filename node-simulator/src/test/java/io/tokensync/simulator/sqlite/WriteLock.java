package io.tokensync.simulator.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds the write lock of a database until it is closed. */
public final class WriteLock implements AutoCloseable {
    private final Connection connection;

    public WriteLock(Path database) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

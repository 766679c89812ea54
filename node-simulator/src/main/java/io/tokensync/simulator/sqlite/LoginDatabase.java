package io.tokensync.simulator.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A sound SQLite database without a single token table, as the node's web login has it. */
public final class LoginDatabase {
    private LoginDatabase() {}

    public static void create(Path file) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            OtherTables.createLogin(connection);
        } catch (SQLException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}

package io.tokensync.chaos.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A node beside the simulated ones, whose rows carry a number that rises. */
public final class CanaryNode implements AutoCloseable {
    /** What its tokens begin with: they are no content ids, so that nobody looks for content. */
    public static final String PREFIX = "canary-";

    private static final String DATABASE = "Rubix/rubix.db";

    private final Connection connection;

    private CanaryNode(Connection connection) {
        this.connection = connection;
    }

    /** Makes the node in this directory, which gives it its name, with a row for each of these tokens. */
    public static CanaryNode create(Path directory, List<String> tokens) throws IOException, SQLException {
        Path database = directory.resolve(DATABASE);
        Files.createDirectories(database.getParent());
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=5000");
            statement.execute("PRAGMA synchronous=OFF");
            statement.execute(
                    "CREATE TABLE TokensTable (token_id text, parent_token_id text, token_value real, did text,"
                            + " token_status integer, token_state_hash text, transaction_id text, PRIMARY KEY (token_id))");
        }
        try (PreparedStatement insert = connection
                .prepareStatement("INSERT INTO TokensTable VALUES (?, NULL, 1.0, NULL, 0, NULL, '0')")) {
            for (String token : tokens) {
                insert.setString(1, token);
                insert.executeUpdate();
            }
        }
        return new CanaryNode(connection);
    }

    /** One transaction that gives all rows this number. */
    public void set(long number) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE TokensTable SET transaction_id = ?")) {
            update.setString(1, Long.toString(number));
            update.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

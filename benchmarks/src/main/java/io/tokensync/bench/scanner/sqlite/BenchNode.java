package io.tokensync.bench.scanner.sqlite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.tokensync.ipfs.Cid;

/**
 * A node's database with received tokens, as release 0.0.20 of the node makes it: every column filled, about 300 bytes a
 * row, ids in no order.
 *
 * @param file of the database
 */
public record BenchNode(Path file) {
    private static final String DID = "bafybmibeud2c4ucgew6m5tttj7zneosplm4eiklwg4migdimdwmezkzi6u";
    private static final String TABLE = """
            CREATE TABLE TokensTable (token_id text, parent_token_id text, token_value real, did text,
              token_status integer, token_state_hash text, transaction_id text, added numeric, PRIMARY KEY (token_id))""";
    private static final String INSERT = "INSERT INTO TokensTable VALUES (?, '', 1.0, '" + DID + "', 0, ?, ?, 1)";
    private static final int CHANGED = 17;

    /** Makes the node {@code name} under a root. */
    public static BenchNode create(Path root, String name, int rows) throws IOException, SQLException {
        Path directory = Files.createDirectories(root.resolve(name).resolve("Rubix"));
        BenchNode node = new BenchNode(directory.resolve("rubix.db"));
        try (Connection connection = node.connect(); Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -200000");
            statement.execute(TABLE);
            connection.setAutoCommit(false);
            fill(connection, name, rows);
            connection.commit();
        }
        return node;
    }

    /** Gives one row in so many another status; returns how many that were. */
    public int change(int oneIn) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                    "UPDATE TokensTable SET token_status = " + CHANGED + " WHERE rowid % " + oneIn + " = 0");
        }
    }

    /** Reads every column of every row, and does nothing with it; returns the number of rows. */
    public int scan() throws SQLException {
        int rows = 0;
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement
                        .executeQuery("SELECT token_id, parent_token_id, token_value, did, token_status,"
                                + " token_state_hash, transaction_id FROM TokensTable")) {
            while (row.next()) {
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    row.getObject(column);
                }
                rows++;
            }
        }
        return rows;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void fill(Connection connection, String name, int rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int row = 0; row < rows; row++) {
                insert.setString(1, id(name + row));
                insert.setString(2, id("state" + row));
                insert.setString(3, String.format("%064x", row));
                insert.executeUpdate();
            }
        }
    }

    private static String id(String content) {
        return Cid.v0Of(content.getBytes(StandardCharsets.UTF_8)).toString();
    }
}

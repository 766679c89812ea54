package io.tokensync.scanner.source.sqlite.file;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A connection that stays open between scan cycles to be asked one thing: whether anybody has committed since it was opened.
 * Between the questions it has no lock and no snapshot. That is so in delete mode only: in WAL mode an open connection
 * keeps a lock for as long as it lives, and the node, when it ends, could not fold its log into the database.
 */
final class HeldConnection implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement question;
    private final long version;

    private HeldConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.question = connection.prepareStatement("PRAGMA data_version");
        this.version = version();
    }

    /** A connection to a database in delete mode; null when it is not, or somebody is in the way. */
    static HeldConnection open(Path file) {
        try {
            DatabaseFiles files = new DatabaseFiles(file);
            files.requireRegular();
            if (files.isWal()) {
                return null;
            }
            Connection connection = NodeConnection.connect(NodeConnection.url(file) + "?mode=ro", true, Duration.ZERO);
            try {
                return new HeldConnection(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | IOException _) { // the reading itself says what is wrong
            return null;
        }
    }

    /** Whether nobody has committed; a database that cannot be asked now counts as changed. */
    boolean isUnchanged() {
        try {
            return version() == version;
        } catch (SQLException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // Nothing was written, so nothing can be lost.
        }
    }

    private long version() throws SQLException {
        try (ResultSet row = question.executeQuery()) {
            return row.getLong(1);
        }
    }
}

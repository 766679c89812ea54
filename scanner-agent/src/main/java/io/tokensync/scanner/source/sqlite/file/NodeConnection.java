package io.tokensync.scanner.source.sqlite.file;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.TokenColumn;

/**
 * A connection that reads a node's database or its copy. Every statement is its own read transaction. For the thread of a
 * {@link DatabaseWatch} alone.
 */
public final class NodeConnection implements AutoCloseable {
    private static final Duration BUSY_PAUSE = Duration.ofMillis(200);

    private final Path file;
    private final Connection connection;
    private final PrivateCopy copy;
    private final ReadingConfig config;
    private final Sleeper sleeper;

    private NodeConnection(Path file, Connection connection, PrivateCopy copy, ReadingConfig config, Sleeper sleeper) {
        this.file = file;
        this.connection = connection;
        this.copy = copy;
        this.config = config;
        this.sleeper = sleeper;
    }

    /** Something that reads, and may be done again from its beginning. */
    @FunctionalInterface
    public interface Read<T> {
        T run() throws SQLException;
    }

    /** Opens the database where it is. */
    public static NodeConnection open(Path file, ReadingConfig config, Sleeper sleeper)
            throws DatabaseProblemException {
        try {
            return new NodeConnection(file, connect(url(file) + "?mode=ro", true, config.busyTimeout()), null, config,
                    sleeper);
        } catch (SQLException e) {
            throw new DatabaseProblemException(SqliteFailure.problem(file, e), e);
        }
    }

    /** Opens the copy of a database; closing it removes the copy. What a killed node has left is recovered in the copy. */
    public static NodeConnection openCopy(Path file, PrivateCopy copy, ReadingConfig config, Sleeper sleeper)
            throws DatabaseProblemException {
        try {
            return new NodeConnection(file, connect(url(copy.file()), false, config.busyTimeout()), copy, config,
                    sleeper);
        } catch (SQLException e) {
            throw new DatabaseProblemException(SqliteFailure.problem(file, e), e);
        }
    }

    /**
     * A connection that writes nothing to the database; to the files of a copy it may. A value that is longer than any that is
     * wanted is not read by it: that fails, before there is memory for it.
     */
    static Connection connect(String url, boolean readOnly, Duration busyTimeout) throws SQLException {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setReadOnly(readOnly);
        sqlite.setBusyTimeout((int) busyTimeout.toMillis());
        Connection connection = sqlite.createConnection(url);
        connection.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH,
                TokenColumn.longestBytes());
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA query_only = 1");
        }
        return connection;
    }

    /** As a URI, because a plain path would be cut at a question mark. */
    static String url(Path file) {
        return "jdbc:sqlite:file:" + file.toUri().getRawPath();
    }

    /** The node's database, also when a copy of it is read. */
    public Path file() {
        return file;
    }

    public PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Whether a node that writes waits until a page is read. */
    public boolean writersWait() {
        return copy == null && !isLogged();
    }

    /** What whoever reads it waits with. */
    public Sleeper sleeper() {
        return sleeper;
    }

    /** Whether the node writes to a log, and so waits for nobody who reads. */
    private boolean isLogged() {
        try (Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
            return mode.next() && "wal".equalsIgnoreCase(mode.getString(1));
        } catch (SQLException _) {
            return false; // what is wrong shows when it is read; until then with care
        }
    }

    /** Reads, again when somebody is in the way, a bounded number of times: a busy database never looks empty. */
    public <T> T read(Read<T> read) throws DatabaseProblemException, InterruptedException {
        for (int tries = 1;; tries++) {
            try {
                return read.run();
            } catch (SQLException e) {
                if (!SqliteFailure.passesByItself(e) || tries >= config.busyTries()) {
                    throw new DatabaseProblemException(SqliteFailure.problem(file, e), e);
                }
            }
            sleeper.sleep(BUSY_PAUSE);
        }
    }

    /** Runs several statements on one snapshot. */
    public <T> T inTransaction(Read<T> read) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return read.run();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // Nothing was written, so nothing can be lost.
        }
        if (copy != null) {
            copy.close();
        }
    }
}

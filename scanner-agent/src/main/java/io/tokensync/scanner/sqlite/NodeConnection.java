package io.tokensync.scanner.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.sqlite.SQLiteConfig;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/** A read-only connection to a node's database. Every statement is its own read transaction. */
final class NodeConnection implements AutoCloseable {
    private static final Duration BUSY_PAUSE = Duration.ofMillis(200);

    private final Path file;
    private final Connection connection;
    private final ReadingConfig config;
    private final Sleeper sleeper;

    private NodeConnection(Path file, Connection connection, ReadingConfig config, Sleeper sleeper) {
        this.file = file;
        this.connection = connection;
        this.config = config;
        this.sleeper = sleeper;
    }

    /** Something that reads, and may be done again from its beginning. */
    @FunctionalInterface
    interface Read<T> {
        T run() throws SQLException;
    }

    static NodeConnection open(Path file, ReadingConfig config, Sleeper sleeper) throws DatabaseProblemException {
        refuseEmpty(file);
        try {
            SQLiteConfig sqlite = new SQLiteConfig();
            sqlite.setReadOnly(true);
            sqlite.setBusyTimeout((int) config.busyTimeout().toMillis());
            Connection connection = sqlite.createConnection(url(file));
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("PRAGMA query_only = 1");
            }
            return new NodeConnection(file, connection, config, sleeper);
        } catch (SQLException e) {
            throw new DatabaseProblemException(SqliteFailure.problem(file, e), e);
        }
    }

    Path file() {
        return file;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Reads, again when somebody is in the way, a bounded number of times: a busy database never looks empty. */
    <T> T read(Read<T> read) throws DatabaseProblemException, InterruptedException {
        for (int tries = 1;; tries++) {
            try {
                return read.run();
            } catch (SQLException e) {
                if (!SqliteFailure.passes(e) || tries >= config.busyTries()) {
                    throw new DatabaseProblemException(SqliteFailure.problem(file, e), e);
                }
            }
            sleeper.sleep(BUSY_PAUSE);
        }
    }

    /** Runs several statements on one snapshot. */
    <T> T inTransaction(Read<T> read) throws SQLException {
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
    }

    private static void refuseEmpty(Path file) throws DatabaseProblemException {
        try {
            if (Files.size(file) == 0) {
                throw new DatabaseProblemException(new Problem(ProblemKind.EMPTY_FILE, file, "is empty"), null);
            }
        } catch (IOException e) {
            throw new DatabaseProblemException(
                    new Problem(ProblemKind.DATABASE_UNREADABLE, file, "cannot be looked at: " + e), e);
        }
    }

    /** As a URI, because a plain path would be cut at a question mark. */
    private static String url(Path file) {
        return "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?mode=ro";
    }
}

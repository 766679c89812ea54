package io.tokensync.bench.scanner.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.sqlite.SQLiteErrorCode;

/**
 * A node that writes with a rollback journal: one row a transaction, some work between two commits, and after SQLITE_BUSY the
 * same transaction again. Its commits do not wait for the disk, so that what is measured is the waiting for whoever reads.
 */
public final class NodeAtWork implements AutoCloseable {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long BUSY_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final BenchNode node;
    private final Duration busyTimeout;
    private final Thread thread;
    private volatile boolean stop;
    private SQLException failure;
    private volatile Commits commits = Commits.NONE;

    private NodeAtWork(BenchNode node, Duration busyTimeout) {
        this.node = node;
        this.busyTimeout = busyTimeout;
        this.thread = new Thread(this::run, "node");
    }

    /**
     * What a node has done.
     *
     * @param done commits that have succeeded
     * @param busy attempts that have met SQLITE_BUSY
     * @param longestNanos longest time from the first attempt of a transaction until its commit has succeeded
     */
    public record Commits(int done, int busy, long longestNanos) {
        /** Of a node that has not begun. */
        public static final Commits NONE = new Commits(0, 0, 0);

        /** Both together. */
        public Commits and(Commits other) {
            return new Commits(done + other.done, busy + other.busy, Math.max(longestNanos, other.longestNanos));
        }
    }

    /** Starts writing, with a busy timeout of five seconds. */
    public static NodeAtWork start(BenchNode node) {
        return start(node, BUSY_TIMEOUT);
    }

    /** Starts writing without a busy timeout, as SQLite does for who asks for none. */
    public static NodeAtWork startWithoutBusyTimeout(BenchNode node) {
        return start(node, Duration.ZERO);
    }

    private static NodeAtWork start(BenchNode node, Duration busyTimeout) {
        NodeAtWork work = new NodeAtWork(node, busyTimeout);
        work.thread.start();
        return work;
    }

    /** What it has done so far. */
    Commits commits() {
        return commits;
    }

    /** Ends the writing. */
    public Commits stop() throws InterruptedException, SQLException {
        stop = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return commits;
    }

    @Override
    public void close() {
        stop = true;
    }

    private void run() {
        try (Connection connection = node.connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = " + busyTimeout.toMillis());
                statement.execute("PRAGMA synchronous = OFF");
            }
            try (PreparedStatement update = connection
                    .prepareStatement("UPDATE TokensTable SET token_status = ? WHERE rowid = ?")) {
                while (!stop) {
                    commit(update);
                    LockSupport.parkNanos(PAUSE);
                }
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void commit(PreparedStatement update) throws SQLException {
        update.setInt(1, commits.done() % 2);
        update.setInt(2, commits.done() % 1_000 + 1);
        long begin = System.nanoTime();
        while (!succeeds(update)) {
            count(0, 1, 0);
            LockSupport.parkNanos(BUSY_PAUSE);
        }
        count(1, 0, System.nanoTime() - begin);
    }

    private void count(int done, int busy, long nanos) {
        commits = commits.and(new Commits(done, busy, nanos));
    }

    private static boolean succeeds(PreparedStatement update) throws SQLException {
        try {
            update.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
                throw e;
            }
            return false;
        }
    }
}

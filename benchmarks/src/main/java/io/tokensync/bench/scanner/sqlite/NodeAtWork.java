package io.tokensync.bench.scanner.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A node that writes: one row a transaction, a busy timeout of five seconds, some work between two commits. Its commits do
 * not wait for the disk, so that what is measured is the waiting for whoever reads.
 */
public final class NodeAtWork implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final BenchNode node;
    private final Thread thread;
    private volatile boolean stop;
    private SQLException failure;
    private long longestNanos;
    private int commits;

    private NodeAtWork(BenchNode node) {
        this.node = node;
        this.thread = new Thread(this::run, "node");
    }

    /** Starts writing. */
    public static NodeAtWork start(BenchNode node) {
        NodeAtWork work = new NodeAtWork(node);
        work.thread.start();
        return work;
    }

    /** Ends the writing, and returns the longest time that a commit has taken. */
    public long stopAndTellLongestNanos() throws InterruptedException, SQLException {
        stop = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return longestNanos;
    }

    @Override
    public void close() {
        stop = true;
    }

    private void run() {
        try (Connection connection = node.connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 5000");
                statement.execute("PRAGMA synchronous = OFF");
            }
            try (PreparedStatement update = connection
                    .prepareStatement("UPDATE TokensTable SET token_status = ? WHERE rowid = ?")) {
                while (!stop) {
                    write(update);
                    LockSupport.parkNanos(PAUSE);
                }
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void write(PreparedStatement update) throws SQLException {
        update.setInt(1, commits % 2);
        update.setInt(2, commits % 1_000 + 1);
        long begin = System.nanoTime();
        update.executeUpdate();
        longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
        commits++;
    }
}

package io.tokensync.bench.scanner.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A node of v1 that changes one row a transaction, with some work between two. */
public final class V1NodeAtWork implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int MOST = 1_000_000;

    private final V1BenchNode node;
    private final Thread thread = new Thread(this::run, "node");
    private final long[] nanos = new long[MOST];
    private volatile int done;
    private volatile boolean stop;
    private volatile SQLException failure;

    private V1NodeAtWork(V1BenchNode node) {
        this.node = node;
    }

    /** Starts writing. */
    public static V1NodeAtWork start(V1BenchNode node) {
        V1NodeAtWork work = new V1NodeAtWork(node);
        work.thread.start();
        return work;
    }

    /** Ends the writing; returns how long each commit has taken, in nanoseconds, the shortest first. */
    public long[] stop() throws InterruptedException, SQLException {
        stop = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
        long[] sorted = Arrays.copyOf(nanos, done);
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public void close() {
        stop = true;
    }

    private void run() {
        try (Connection connection = node.connect();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE tokens SET token_status = ?, updated_at = now() WHERE token_id = ?")) {
            for (int i = 0; !stop && i < MOST; i++) {
                update.setInt(1, i % 2);
                update.setString(2, "1_" + (i * 7919L % 100_000 + 1));
                long begin = System.nanoTime();
                update.executeUpdate();
                nanos[i] = System.nanoTime() - begin;
                done = i + 1;
                LockSupport.parkNanos(PAUSE);
            }
        } catch (SQLException e) {
            failure = e;
        }
    }
}

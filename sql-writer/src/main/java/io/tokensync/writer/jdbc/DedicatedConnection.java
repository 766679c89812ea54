package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of a writer thread: made with one try when it is wanted, kept with its stage, looked after while it
 * rests, replaced before the gateway drops it. A pool would try again on its own while the database is away.
 */
final class DedicatedConnection implements Connections, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DedicatedConnection.class);

    private final Source source;
    private final WriteListener listener;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private Connection current;
    private volatile boolean closed;
    private long madeAt;
    private long usedAt;

    /** Makes connections. */
    interface Source {
        Connection connect() throws SQLException;
    }

    /** @param nanos time of any origin */
    DedicatedConnection(Source source, WriteListener listener, LongSupplier nanos) {
        this.source = source;
        this.listener = listener;
        this.nanos = nanos;
    }

    @Override
    public Connection take() throws SQLException {
        lock.lock();
        try {
            if (closed) {
                // Work that outlives its bound must not open the database again behind whoever has closed it.
                throw new SQLNonTransientConnectionException("the writer has been closed", "08003");
            }
            replaceIfStale();
            if (current == null) {
                connect();
            }
            return current;
        } catch (SQLException | RuntimeException e) {
            lock.unlock();
            throw e;
        }
    }

    @Override
    public void discard(Connection connection) {
        if (connection.equals(current)) {
            drop();
        }
    }

    @Override
    public void giveBack(Connection connection) {
        usedAt = nanos.getAsLong();
        lock.unlock();
        if (closed) {
            close();
        }
    }

    /** Connects now, so that the first batch need not; a failure is met again by that batch. */
    void warmUp() {
        lock.lock();
        try {
            if (current == null && !closed) {
                connect();
            }
        } catch (SQLException | RuntimeException e) { // a driver's library may throw anything
            log.atDebug().setMessage("not connected before the first batch").setCause(e).log();
        } finally {
            lock.unlock();
        }
    }

    /** Shows the gateway that a connection at rest is alive, or drops it; makes no new one. */
    void keepAlive() {
        if (!lock.tryLock()) {
            return; // it is in use
        }
        try {
            replaceIfStale();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (lock.tryLock()) {
            try {
                drop();
            } finally {
                lock.unlock();
            }
        }
    }

    private void connect() throws SQLException {
        current = source.connect();
        madeAt = nanos.getAsLong();
        usedAt = madeAt;
        listener.created();
    }

    private void replaceIfStale() {
        long now = nanos.getAsLong();
        if (current == null) {
            return;
        }
        if (now - madeAt > Lifetime.LONGEST.toNanos()) {
            listener.closedStale();
            drop();
        } else if (now - usedAt > Lifetime.REST.toNanos() && !isAlive()) {
            listener.healthCheckFailed();
            listener.closedStale();
            drop();
        }
    }

    private boolean isAlive() {
        try {
            boolean alive = current.isValid(Math.toIntExact(Lifetime.VALIDATION.toSeconds()));
            current.rollback();
            usedAt = nanos.getAsLong();
            return alive;
        } catch (SQLException | RuntimeException _) {
            return false;
        }
    }

    private void drop() {
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (SQLException e) {
            log.atDebug().setMessage("connection closed with a failure").setCause(e).log();
        }
        current = null;
    }

    /** How long a connection is used and left alone. */
    private static final class Lifetime {
        /** Below the half hour after which Azure's gateway drops a connection without a word. */
        static final Duration LONGEST = Duration.ofMinutes(20);
        static final Duration REST = Duration.ofSeconds(30);
        static final Duration VALIDATION = Duration.ofSeconds(5);
    }
}

package io.tokensync.common.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends statements that take too long, the reading of their rows included, by cancelling them. What JDBC has for it,
 * {@link Statement#setQueryTimeout}, ends nothing in SQLite, whose driver takes it as the time that a lock is waited for.
 */
public final class QueryTimeout implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QueryTimeout.class);
    /** The standard's SQLSTATE of a query that was cancelled. */
    private static final String CANCELLED = "57014";
    /** SQLite forgets a cancel that comes before the statement has begun: it is said again. */
    private static final long AGAIN_MILLIS = 100;

    private final Duration longest;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("tokensync-query-timeout").factory());
    private volatile boolean closed;

    /** What is asked of a statement. */
    @FunctionalInterface
    public interface Question<T> {
        /** Executes the statement and reads its rows. */
        T ask() throws SQLException;
    }

    /** @param longest how long one statement may take */
    public QueryTimeout(Duration longest) {
        this.longest = longest;
        clock.setRemoveOnCancelPolicy(true);
        clock.setContinueExistingPeriodicTasksAfterShutdownPolicy(true);
    }

    /**
     * Asks.
     *
     * @param statement that the question executes
     * @throws SQLTimeoutException when it was ended because it took too long
     */
    public <T> T run(Statement statement, Question<T> question) throws SQLException {
        Running asked = new Running(statement);
        running.add(asked);
        try {
            asked.begin();
            return question.ask();
        } catch (SQLException e) {
            if (!closed && asked.isCancelled()) {
                throw new SQLTimeoutException("the statement took longer than " + longest, CANCELLED,
                        e.getErrorCode(), e);
            }
            throw e;
        } finally {
            running.remove(asked);
            asked.end();
        }
    }

    /** Whether nothing more is asked. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends what is being asked, without waiting for it, and lets nothing begin. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Running::cancelNow);
        clock.shutdown();
    }

    /** A statement from its begin to its end: later its connection may be at another one, which nobody wants to cancel. */
    private final class Running {
        private final Statement statement;
        private Future<?> cancelling;
        private boolean cancelled;
        private boolean ended;

        private Running(Statement statement) {
            this.statement = statement;
        }

        /** Whoever closes finds it among those that run, or it finds that all is closed. */
        private synchronized void begin() throws SQLException {
            if (closed) {
                throw new SQLException("nothing more is asked of the database", CANCELLED);
            }
            cancelAfter(longest);
        }

        private synchronized void cancelNow() {
            if (!ended && cancelling != null) {
                cancelAfter(Duration.ZERO);
            }
        }

        private void cancelAfter(Duration delay) {
            if (cancelling != null) {
                cancelling.cancel(false);
            }
            cancelling = clock.scheduleWithFixedDelay(this::cancel, delay.toMillis(), AGAIN_MILLIS,
                    TimeUnit.MILLISECONDS);
        }

        private synchronized void cancel() {
            if (ended) {
                return;
            }
            cancelled = true;
            try {
                statement.cancel();
            } catch (SQLException e) {
                log.atDebug().setMessage("a statement could not be cancelled").setCause(e).log();
            }
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        private synchronized void end() {
            ended = true;
            if (cancelling != null) {
                cancelling.cancel(false);
            }
        }
    }
}

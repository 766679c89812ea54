package io.tokensync.monitor.table.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.FailedQuery;
import io.tokensync.common.jdbc.QueryTimeout;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.monitor.table.TableException;

/**
 * A few connections that only read. Who finds none free within seconds is told so, and a statement that takes too long is ended: the
 * page must not hold up those who write. Between two questions no connection holds a lock or a snapshot.
 */
final class ReadConnections implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReadConnections.class);
    private static final int MOST = 4;
    private static final String CLOSING = "the monitor is ending";
    private static final long FREE_WITHIN_SECONDS = 3;
    /** A database that was replaced, or a server that has moved, is noticed after so long. */
    private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();

    private final SqlSettings settings;
    private final Duration longest;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Deque<Kept> kept = new ArrayDeque<>();
    private final QueryTimeout timeout;
    /** Platform threads: SQLite would keep the thread of the processor that a virtual one runs on, and those are few. */
    private final ExecutorService threads = Executors.newFixedThreadPool(MOST,
            Thread.ofPlatform().daemon().name("tokensync-page-table-", 1).factory());
    private boolean closed;

    private record Kept(Connection connection, long since) {}

    /** Asks questions over one connection. */
    @FunctionalInterface
    interface Questions<T> {
        T ask(Reader reader) throws SQLException;
    }

    /** @param longest how long one statement may take */
    ReadConnections(SqlSettings settings, Duration longest) {
        this.settings = settings;
        this.longest = longest;
        this.timeout = new QueryTimeout(longest);
    }

    /** Asks, with a sentence for people when there is no answer. */
    <T> T ask(Questions<T> questions) throws TableException {
        if (!acquire()) {
            throw new TableException("too many questions are being asked of the database; try again in a moment", null);
        }
        try {
            return onThread(questions);
        } finally {
            free.release();
        }
    }

    private <T> T onThread(Questions<T> questions) throws TableException {
        try {
            return threads.submit(() -> asked(questions)).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case TableException known -> throw known;
                case RuntimeException mistake -> throw mistake;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TableException(CLOSING, e);
        } catch (RejectedExecutionException e) {
            throw new TableException(CLOSING, e);
        }
    }

    private <T> T asked(Questions<T> questions) throws TableException {
        Connection connection = null;
        try {
            connection = open();
            T answer = questions.ask(new TimedReader(connection));
            keep(connection);
            return answer;
        } catch (SQLTimeoutException e) {
            discard(connection);
            throw new TableException("the database took longer than " + longest.toSeconds()
                    + " s; add a condition that fewer rows have", e);
        } catch (SQLException e) {
            discard(connection);
            log.atDebug().setMessage("the table could not be asked").setCause(e).log();
            throw new TableException(FailedQuery.describe(e), e);
        } catch (RuntimeException e) {
            discard(connection);
            throw e;
        }
    }

    private boolean acquire() {
        try {
            return free.tryAcquire(FREE_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Connection open() throws SQLException {
        Kept last;
        synchronized (this) {
            last = kept.pollLast();
        }
        if (last != null) {
            if (System.nanoTime() - last.since() < KEPT_NANOS) {
                return last.connection();
            }
            discard(last.connection());
        }
        return SqlConnections.openToRead(settings);
    }

    private void keep(Connection connection) {
        synchronized (this) {
            if (!closed) {
                kept.addLast(new Kept(connection, System.nanoTime()));
                return;
            }
        }
        discard(connection);
    }

    private static void discard(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.atDebug().setMessage("a connection did not close in order").setCause(e).log();
            }
        }
    }

    /** Ends what is being asked. */
    @Override
    public void close() {
        timeout.close();
        threads.shutdown();
        List<Kept> last;
        synchronized (this) {
            closed = true;
            last = new ArrayList<>(kept);
            kept.clear();
        }
        last.forEach(one -> discard(one.connection()));
    }

    /** Ends each statement that takes too long. */
    private final class TimedReader implements Reader {
        private final Connection connection;

        private TimedReader(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Dialect dialect() {
            return settings.dialect();
        }

        @Override
        public List<Map<String, Object>> rows(String sql, List<Object> values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(dialect().translated(sql))) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                return timeout.run(statement, () -> {
                    try (ResultSet found = statement.executeQuery()) {
                        return RowValues.all(found);
                    }
                });
            }
        }
    }
}

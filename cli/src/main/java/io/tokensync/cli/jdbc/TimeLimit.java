package io.tokensync.cli.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a query, and the printing of its rows, for so long and no longer. A database looks at its own time limit between
 * two rows, so that one expression may take for ever; then the thread is left behind, to end with the process.
 */
final class TimeLimit {
    private final Duration bound;

    TimeLimit(Duration bound) {
        this.bound = bound;
    }

    /**
     * Runs it.
     *
     * @param statement is cancelled when the time is over
     * @throws TimeoutException when it is
     */
    <T> T run(Statement statement, Callable<T> query) throws SQLException, TimeoutException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(query);
        Thread.ofPlatform().daemon().name("query").start(task);
        try {
            return task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            // on a thread of its own as well: it may wait for the very query
            Thread.ofPlatform().daemon().name("query-cancel").start(() -> cancel(statement));
            throw e;
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException _) {
            // The process ends next.
        }
    }
}

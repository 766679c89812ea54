package io.tokensync.tds.jdbc;

import java.sql.SQLException;

import org.h2.api.ErrorCode;

/**
 * Waiting for a lock in short slices. H2 does not hear a cancel while it waits for a lock, so it waits briefly and the
 * statement, which H2 then has undone, is run again until SET LOCK_TIMEOUT is over or the client cancels.
 */
final class LockWait {
    static final int SLICE_MILLIS = 50;

    private static final long FOREVER = Long.MAX_VALUE;

    private final Cancellation cancellation;
    private long timeoutMillis = FOREVER;

    LockWait(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /** SET LOCK_TIMEOUT: milliseconds, -1 for ever. */
    void timeout(long millis) {
        timeoutMillis = millis < 0 ? FOREVER : millis;
    }

    /** What H2 is to do. */
    @FunctionalInterface
    interface SqlCallable<T> {
        T run() throws SQLException;
    }

    <T> T run(SqlCallable<T> work) throws SQLException {
        for (long waited = SLICE_MILLIS;; waited += SLICE_MILLIS) {
            try {
                return work.run();
            } catch (SQLException e) {
                if (e.getErrorCode() != ErrorCode.LOCK_TIMEOUT_1 || waited >= timeoutMillis) {
                    throw e;
                }
                if (cancellation.requested()) {
                    throw new SQLException(e.getMessage(), e.getSQLState(), ErrorCode.STATEMENT_WAS_CANCELED);
                }
            }
        }
    }
}

package io.tokensync.writer.verification;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.retry.Retrier;
import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.OwnThread.SqlCallable;
import io.tokensync.writer.batch.SqlFailure;

/**
 * Asks the database, in a thread that nobody interrupts, until it answers. No statement of the verifier carries anything that
 * could be wrong by itself: a database that rejects one has another schema than this program, which is waited for.
 */
public final class SqlRunner {
    private final OwnThread thread;
    private final Retrier retrier;

    public SqlRunner(OwnThread thread, Retrier retrier) {
        this.thread = thread;
        this.retrier = retrier;
    }

    /** Runs it as often as needed; {@code name} says what it does, for the log. */
    <T> T run(String name, SqlCallable<T> statement) throws SqlFailure, InterruptedException {
        try {
            return retrier.run(name, () -> once(statement));
        } catch (SqlFailure | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a statement threw what it does not declare", e);
        }
    }

    /** Runs it once. */
    <T> T once(SqlCallable<T> statement) throws SqlFailure, InterruptedException {
        try {
            return thread.call(statement);
        } catch (SqlFailure e) {
            throw e.kind() == FailureKind.POISON || e.kind() == FailureKind.OVERSIZED
                    ? e.as(FailureKind.ENVIRONMENT)
                    : e;
        }
    }
}

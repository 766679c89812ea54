package io.tokensync.writer.session;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.retry.Retrier;
import io.tokensync.writer.batch.OwnThread;
import io.tokensync.writer.batch.SqlFailure;

/**
 * Writes until it succeeds, in a thread that nobody interrupts. A session summary fits its columns ({@link
 * io.tokensync.common.session.SessionSummaryCheck}), so a database that rejects one has another schema than this program:
 * that is waited for, and nothing is dead-lettered.
 */
public final class RetryingSessionWriter implements SessionWriter {
    private final SessionWriter writer;
    private final OwnThread thread;
    private final Retrier retrier;

    public RetryingSessionWriter(SessionWriter writer, OwnThread thread, Retrier retrier) {
        this.writer = writer;
        this.thread = thread;
        this.retrier = retrier;
    }

    @Override
    public void write(SessionBatch batch) throws SqlFailure, InterruptedException {
        try {
            retrier.run("write session summaries", () -> {
                once(batch);
                return null;
            });
        } catch (SqlFailure | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a session summary writer threw what it does not declare", e);
        }
    }

    private void once(SessionBatch batch) throws SqlFailure, InterruptedException {
        try {
            thread.call(() -> {
                writer.write(batch);
                return null;
            });
        } catch (SqlFailure e) {
            throw e.kind() == FailureKind.POISON || e.kind() == FailureKind.OVERSIZED
                    ? e.as(FailureKind.ENVIRONMENT)
                    : e;
        }
    }
}

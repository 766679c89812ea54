package io.tokensync.writer.session;

import io.tokensync.writer.batch.SqlFailure;

/**
 * Brings session summaries into the database. When it returns, the database has committed and holds of each session and
 * database the latest session summary that it was ever given, an announced one before any other; and of each database of a
 * machine either that the machine's agent looked at it in the latest scan cycle, or what stood in the way. Writing the same
 * session summaries again, or older ones, changes nothing. Used by one thread at a time.
 */
@FunctionalInterface
public interface SessionWriter {
    /**
     * Writes the session summaries.
     *
     * @throws SqlFailure when the database fails; its kind says what helps
     * @throws InterruptedException when the thread is interrupted while waiting
     */
    void write(SessionBatch batch) throws SqlFailure, InterruptedException;
}

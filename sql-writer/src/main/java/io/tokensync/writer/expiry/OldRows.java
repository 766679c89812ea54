package io.tokensync.writer.expiry;

import java.time.Instant;

import io.tokensync.writer.batch.SqlFailure;

/** Rows of a table that nobody needs any more when they are old. */
@FunctionalInterface
public interface OldRows {
    /**
     * What was done.
     *
     * @param rows how many were deleted
     * @param isLast whether there are no more of them
     */
    record Deleted(int rows, boolean isLast) {}

    /**
     * Deletes some of those that were over before this, in one transaction; the next call goes on with others.
     *
     * @throws SqlFailure when the database fails, or this login may not
     * @throws InterruptedException when the thread is interrupted while waiting
     */
    Deleted deleteSome(Instant before) throws SqlFailure, InterruptedException;
}

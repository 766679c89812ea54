package io.tokensync.writer.session;

import java.time.Instant;

import io.tokensync.writer.batch.SqlFailure;

/** The rows of sessions that have come to their end. */
@FunctionalInterface
public interface EndedSessions {
    /**
     * Deletes some of those that ended before this, in one transaction.
     *
     * @return how many; 0 when there are none any longer
     * @throws SqlFailure when the database fails, or this login may not
     */
    int deleteSome(Instant before) throws SqlFailure;
}

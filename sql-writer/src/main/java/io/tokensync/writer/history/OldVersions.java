package io.tokensync.writer.history;

import java.time.Instant;

import io.tokensync.writer.batch.SqlFailure;

/** Versions in the history that newer ones have superseded. */
@FunctionalInterface
public interface OldVersions {
    /** The place before the first version. */
    long START = 0;

    /**
     * What was done.
     *
     * @param deleted how many versions
     * @param next the place behind them; {@link #START} when there is nothing old behind them
     */
    record Step(int deleted, long next) {
        /** Whether all was looked at. */
        public boolean isEnd() {
            return next == START;
        }
    }

    /**
     * Looks at some versions behind a place, in the order in which they came, and deletes those that were superseded before a time:
     * the table as it was at any later time does not need them. The newest row of a token, and a newer deletion of it, stay. In one
     * transaction.
     *
     * @throws SqlFailure when the database fails, or this login may not
     */
    Step deleteSome(Instant before, long place) throws SqlFailure;
}

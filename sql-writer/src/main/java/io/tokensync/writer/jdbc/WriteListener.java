package io.tokensync.writer.jdbc;

import java.time.Duration;

/** Hears what the writers of a database do. Called from several threads. */
public interface WriteListener {
    /** Hears nothing. */
    WriteListener NONE = new WriteListener() {
    };

    /** The parts of a batch's transaction. */
    enum Phase {
        /** Rows to the server. */
        STAGE,
        /** What is newer than the table. */
        COMPARE,
        /** Into the table; not for a batch of which nothing is newer, nor was expected to be. */
        MERGE,
        /** Versions into the history; not for a batch of which it has all. */
        HISTORY,
        COMMIT
    }

    /** A part of a batch has succeeded in this time. */
    default void ended(Phase phase, Duration time) {}

    /** A transaction that wrote so many rows, perhaps none, used so many bytes of log; not of every transaction. */
    default void logged(long bytes, long rows) {}

    /** A connection was made. */
    default void created() {}

    /** A connection was closed because of its age, or because it no longer answered after a rest. */
    default void closedStale() {}

    /** A connection that had rested did not answer. */
    default void healthCheckFailed() {}
}

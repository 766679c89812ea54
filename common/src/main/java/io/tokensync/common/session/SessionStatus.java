package io.tokensync.common.session;

/** How a session stands. */
public enum SessionStatus {
    /** The agent scans, or something that it has published is still on its way. */
    RUNNING,
    /** Everything that the scan has published is in the table; nothing was dead-lettered. */
    COMPLETED,
    /** As {@link #COMPLETED}, but rows were rejected or dead-lettered, or a database could not be read. */
    COMPLETED_WITH_ERRORS,
    /** Something is on its way, and nothing of the session has moved for longer than the monitor's longestWait. */
    STALLED,
    /** The agent did not end the scan: it has begun another one, or has been silent for too long. */
    INTERRUPTED;

    /** Whether the session has an end and everything of it is accounted for. */
    public boolean isComplete() {
        return this == COMPLETED || this == COMPLETED_WITH_ERRORS;
    }
}

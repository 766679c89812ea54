package io.tokensync.common.session;

/**
 * What the monitor has reconciled, as it stands on {@code sync.sessions}: the latest session summary under a key is the
 * valid one, a key without a value is a session summary that is not kept any longer.
 */
public sealed interface SessionSummary permits SyncSession, ProcessedDatabase, LatestDatabase, AgentSeen, Unmatched {
    /** The record key. */
    String key();
}

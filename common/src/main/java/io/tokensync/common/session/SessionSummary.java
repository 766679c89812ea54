package io.tokensync.common.session;

/**
 * What the monitor has reckoned, as it stands on {@code sync.sessions}: the latest account under a key is the valid one,
 * a key without a value is an account that is not kept any longer.
 */
public sealed interface SessionSummary permits SyncSession, ProcessedDatabase, LatestDatabase, AgentSeen, Unmatched {
    /** The record key. */
    String key();
}

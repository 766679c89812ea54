package io.tokensync.writer.expiry;

import java.time.Duration;

/**
 * How long rows are kept.
 *
 * @param what they are, for people
 * @param table they stand in
 * @param key that says how long
 * @param keep how long; 0 for ever
 * @param every how often it is looked for old ones
 */
public record Retention(String what, String table, String key, Duration keep, Duration every) {
    /** Of sessions, from their end. */
    public static Retention ofSessions(Duration keep) {
        return new Retention("rows of sessions that have ended", "SyncSessions", "writer.sessions.keep", keep,
                Duration.ofHours(1));
    }

    /** Of versions, from when newer ones superseded them; each look is a pass through the whole history. */
    public static Retention ofVersions(Duration keep) {
        return new Retention("superseded versions", "TokenHistory", "writer.history.keep", keep, Duration.ofDays(1));
    }

    /** Of verifications, but for the latest of each node. */
    public static Retention ofVerifications(Duration keep) {
        return new Retention("verifications", "NodeVerifications", "writer.verify.keep", keep, Duration.ofHours(1));
    }
}

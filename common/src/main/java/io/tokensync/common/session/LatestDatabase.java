package io.tokensync.common.session;

import java.time.Instant;
import java.util.Objects;

/**
 * How a database of a node stands, whichever sessions are kept.
 *
 * @param sourceIp the machine
 * @param nodeName the node
 * @param dbPath path of its database
 * @param readAt when it was last read to its end; null before the first time
 * @param rows rows that it had then
 * @param rejected rows of these that could not be published as they are
 * @param changedAt when rows of it were last published; null before
 * @param scanStartedAt when its scan in the session below began; null when it has been in none
 * @param sessionId the last session in which rows of it moved; null likewise
 * @param status how it stands in that session; null likewise
 */
public record LatestDatabase(String sourceIp, String nodeName, String dbPath, Instant readAt, long rows, long rejected,
        Instant changedAt, Instant scanStartedAt, String sessionId, SessionStatus status) implements SessionSummary {
    public LatestDatabase {
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(nodeName, "node_name");
        Objects.requireNonNull(dbPath, "db_path");
    }

    /** One that is heard of for the first time. */
    public static LatestDatabase of(String sourceIp, String nodeName, String dbPath) {
        return new LatestDatabase(sourceIp, nodeName, dbPath, null, 0, 0, null, null, null, null);
    }

    @Override
    public String key() {
        return key(sourceIp, dbPath);
    }

    /** The record key of a database of a machine. */
    public static String key(String sourceIp, String dbPath) {
        return "latest|" + sourceIp + "|" + dbPath;
    }
}

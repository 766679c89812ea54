package io.tokensync.common.session;

import java.time.Instant;
import java.util.Objects;

/**
 * One database in one session, from the node to the table. Wide for the same reason as {@link SyncSession}.
 *
 * @param sessionId the scan (UUID)
 * @param sourceIp the machine
 * @param nodeName the node
 * @param dbPath path of its database
 * @param revision rises with every change of what is known; of two session summaries of the same thing the higher is the later
 * @param status {@link SessionStatus#RUNNING} while it is read or something of it is on its way
 * @param startedAt when the scan opened it; null when only later stages have reported it
 * @param scannedAt when its scan was over; null before
 * @param lastModified newest modification of the database when it was read; null when unknown
 * @param movedAt when anything of it moved last
 * @param accountedAt when everything of it was accounted for; null before
 * @param scan what the scanner did
 * @param enriched what the enricher did
 * @param written what the writer did
 * @param inFlight what is published and not accounted for
 * @param problem why it could not be read to its end; null when it was
 * @param announced whether the agent has announced the session, see {@link SyncSession}
 */
public record ProcessedDatabase(String sessionId, String sourceIp, String nodeName, String dbPath, long revision,
        SessionStatus status, Instant startedAt, Instant scannedAt, Instant lastModified, Instant movedAt,
        Instant accountedAt, ScanCounts scan, EnrichCounts enriched, WriteCounts written, InFlightCounts inFlight,
        ScanProblem problem, boolean announced) implements SessionSummary {
    public ProcessedDatabase {
        Objects.requireNonNull(sessionId, "session_id");
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(nodeName, "node_name");
        Objects.requireNonNull(dbPath, "db_path");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(movedAt, "moved_at");
        Objects.requireNonNull(scan, "scan");
        Objects.requireNonNull(enriched, "enriched");
        Objects.requireNonNull(written, "written");
        Objects.requireNonNull(inFlight, "in_flight");
    }

    @Override
    public String key() {
        return key(sessionId, dbPath);
    }

    /** The record key of a database in a session. */
    public static String key(String sessionId, String dbPath) {
        return "database|" + sessionId + "|" + dbPath;
    }
}

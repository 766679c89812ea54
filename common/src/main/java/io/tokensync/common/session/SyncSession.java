package io.tokensync.common.session;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One scan cycle of one agent, from its nodes to the table. Wide, because it is flat in JSON as it is in SQL: a component is a
 * field of the record and one or more columns of {@code SyncSessions}.
 *
 * @param sessionId the scan (UUID)
 * @param sourceIp the machine
 * @param revision rises with every change of what is known; of two session summaries of the same session the higher is the
 *         later
 * @param status how it stands
 * @param startedAt when the scan cycle began; when only later stages have reported it, when they first did
 * @param scannedAt when the scan cycle was over; null before
 * @param movedAt when anything of it moved last
 * @param accountedAt when everything of it was accounted for; null before
 * @param databases what became of the databases
 * @param scan what the scanner did, over all databases
 * @param enriched what the enricher did
 * @param written what the writer did
 * @param scanSpan when the scanner worked
 * @param enrichSpan when the enricher worked
 * @param writeSpan when the writer worked
 * @param inFlight what is published and not accounted for
 * @param problems what could not be read, at most 100 of them
 * @param announced whether the agent has announced it: without that a session summary has only parts of what happened, and
 *            never takes the place of one that has all
 */
public record SyncSession(String sessionId, String sourceIp, long revision, SessionStatus status, Instant startedAt,
        Instant scannedAt, Instant movedAt, Instant accountedAt, Databases databases, ScanCounts scan,
        EnrichCounts enriched, WriteCounts written, StageSpan scanSpan, StageSpan enrichSpan, StageSpan writeSpan,
        InFlightCounts inFlight, List<ScanProblem> problems, boolean announced) implements SessionSummary {

    /**
     * What became of the databases; at the end of the scan cycle found = read + unchanged + failed.
     *
     * @param found with a usable node name
     * @param read to the end
     * @param unchanged since they were read, and so not read
     * @param failed see the problems
     * @param accountedFor of those with a receipt, the ones of which everything is accounted for
     */
    public record Databases(int found, int read, int unchanged, int failed, int accountedFor) {
        public static final Databases NONE = new Databases(0, 0, 0, 0, 0);
    }

    public SyncSession {
        Objects.requireNonNull(sessionId, "session_id");
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(startedAt, "started_at");
        Objects.requireNonNull(movedAt, "moved_at");
        Objects.requireNonNull(databases, "databases");
        Objects.requireNonNull(scan, "scan");
        Objects.requireNonNull(enriched, "enriched");
        Objects.requireNonNull(written, "written");
        Objects.requireNonNull(scanSpan, "scan_span");
        Objects.requireNonNull(enrichSpan, "enrich_span");
        Objects.requireNonNull(writeSpan, "write_span");
        Objects.requireNonNull(inFlight, "in_flight");
        problems = List.copyOf(problems);
    }

    /** Whether this session summary is to take the place of that one, of the same session. */
    public boolean replaces(SyncSession stored) {
        return announced == stored.announced ? revision >= stored.revision : announced;
    }

    @Override
    public String key() {
        return key(sessionId);
    }

    /** The record key of a session. */
    public static String key(String sessionId) {
        return "session|" + sessionId;
    }
}

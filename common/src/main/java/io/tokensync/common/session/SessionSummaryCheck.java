package io.tokensync.common.session;

import java.util.Optional;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.FieldCheck;

/**
 * Whether a session summary says something that can be, and that the tables can hold; asked before the database is, so that
 * what it rejects is never one session summary's fault.
 */
public final class SessionSummaryCheck {
    private SessionSummaryCheck() {}

    /** What is wrong with it, in one sentence; empty when nothing is. */
    public static Optional<String> problem(SessionSummary summary) {
        FieldCheck fields = new FieldCheck();
        switch (summary) {
            case SyncSession session -> check(fields, session);
            case ProcessedDatabase database -> check(fields, database);
            case LatestDatabase latest -> check(fields, latest);
            case AgentSeen agent -> {
                fields.printable("source_ip", agent.sourceIp(), ColumnLimits.SOURCE_IP);
                fields.time("seen_at", agent.seenAt());
                fields.time("passed_at", agent.passedAt());
                fields.count("databases", agent.databases());
                agent.problems().forEach(problem -> problem.check(fields));
                agent.past().check(fields);
            }
            case Unmatched lost -> {
                fields.counts("dead_letters", lost.deadLetters());
                fields.counts("unmatched", lost.unmatched());
                fields.time("last_at", lost.lastAt());
            }
        }
        return fields.problem();
    }

    private static void check(FieldCheck fields, SyncSession session) {
        fields.uuid("session_id", session.sessionId());
        fields.printable("source_ip", session.sourceIp(), ColumnLimits.SOURCE_IP);
        fields.count("revision", session.revision());
        fields.time("started_at", session.startedAt());
        fields.time("scanned_at", session.scannedAt());
        fields.time("moved_at", session.movedAt());
        fields.time("accounted_at", session.accountedAt());
        check(fields, session.databases());
        session.scan().check(fields);
        session.enriched().check(fields);
        session.written().check(fields);
        session.scanSpan().check(fields);
        session.enrichSpan().check(fields);
        session.writeSpan().check(fields);
        session.inFlight().check(fields);
        session.problems().forEach(problem -> problem.check(fields));
    }

    private static void check(FieldCheck fields, SyncSession.Databases databases) {
        fields.count("databases.found", databases.found());
        fields.count("databases.read", databases.read());
        fields.count("databases.unchanged", databases.unchanged());
        fields.count("databases.failed", databases.failed());
        fields.count("databases.accounted_for", databases.accountedFor());
    }

    private static void check(FieldCheck fields, LatestDatabase latest) {
        fields.printable("source_ip", latest.sourceIp(), ColumnLimits.SOURCE_IP);
        fields.text("node_name", latest.nodeName(), ColumnLimits.NODE_NAME);
        fields.text("db_path", latest.dbPath(), ColumnLimits.DB_PATH);
        fields.time("read_at", latest.readAt());
        fields.count("rows", latest.rows());
        fields.count("rejected", latest.rejected());
        fields.time("changed_at", latest.changedAt());
        fields.time("scan_started_at", latest.scanStartedAt());
        if (latest.sessionId() != null) {
            fields.uuid("session_id", latest.sessionId());
        }
    }

    private static void check(FieldCheck fields, ProcessedDatabase database) {
        fields.uuid("session_id", database.sessionId());
        fields.printable("source_ip", database.sourceIp(), ColumnLimits.SOURCE_IP);
        fields.text("node_name", database.nodeName(), ColumnLimits.NODE_NAME);
        fields.text("db_path", database.dbPath(), ColumnLimits.DB_PATH);
        fields.count("revision", database.revision());
        fields.time("started_at", database.startedAt());
        fields.time("scanned_at", database.scannedAt());
        fields.time("last_modified", database.lastModified());
        fields.time("moved_at", database.movedAt());
        fields.time("accounted_at", database.accountedAt());
        database.scan().check(fields);
        database.enriched().check(fields);
        database.written().check(fields);
        database.inFlight().check(fields);
        if (database.problem() != null) {
            database.problem().check(fields);
        }
    }
}

package io.tokensync.writer.session;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;

/**
 * The latest session summary of each session and each database, in the order of their keys, so that two writers lock rows
 * in the same order.
 *
 * @param sessions one of each id
 * @param databases one of each machine and path, of which the scanner has told
 * @param agents one of each machine that has ended a scan cycle
 */
public record SessionBatch(List<SyncSession> sessions, List<ProcessedDatabase> databases, List<AgentSeen> agents) {
    private static final Comparator<ProcessedDatabase> LATER = Comparator
            .comparing(ProcessedDatabase::announced).thenComparing(ProcessedDatabase::startedAt)
            .thenComparingLong(ProcessedDatabase::revision);

    public SessionBatch {
        sessions = List.copyOf(sessions);
        databases = List.copyOf(databases);
        agents = List.copyOf(agents);
    }

    /** Folds session summaries that came in any order; those that have no table are left out. */
    public static SessionBatch of(List<SessionSummary> summaries) {
        Map<String, SyncSession> sessions = new TreeMap<>();
        Map<String, ProcessedDatabase> databases = new TreeMap<>();
        Map<String, AgentSeen> agents = new TreeMap<>();
        for (SessionSummary summary : summaries) {
            switch (summary) {
                case SyncSession session -> sessions.merge(session.sessionId(), session,
                        (one, other) -> other.replaces(one) ? other : one);
                // Before the scanner has reported it there is no time at which it was processed; its session summary comes
                // again.
                case ProcessedDatabase database when database.startedAt() == null
                        || database.lastModified() == null ->
                    {
                    }
                case ProcessedDatabase database -> databases.merge(database.sourceIp() + '|' + database.dbPath(),
                        database, (one, other) -> LATER.compare(one, other) < 0 ? other : one);
                case AgentSeen agent when agent.passedAt() != null -> agents.merge(agent.sourceIp(), agent,
                        (one, other) -> other.passedAt().isBefore(one.passedAt()) ? one : other);
                case AgentSeen _,LatestDatabase _,Unmatched _ -> {
                }
            }
        }
        return new SessionBatch(List.copyOf(sessions.values()), List.copyOf(databases.values()),
                List.copyOf(agents.values()));
    }

    /** The same with these agents. */
    SessionBatch withAgents(List<AgentSeen> others) {
        return new SessionBatch(sessions, databases, others);
    }

    public boolean isEmpty() {
        return sessions.isEmpty() && databases.isEmpty() && agents.isEmpty();
    }
}

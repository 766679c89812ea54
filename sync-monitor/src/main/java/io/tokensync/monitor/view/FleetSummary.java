package io.tokensync.monitor.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.BoundedSum;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;

/** Puts the session summaries together to one view. */
final class FleetSummary {
    private final Collection<SyncSession> sessions;
    private final Collection<Map<String, ProcessedDatabase>> databases;
    private final Collection<LatestDatabase> latest;
    private final Collection<AgentSeen> agents;
    private final Unmatched unmatched;

    FleetSummary(Collection<SyncSession> sessions, Collection<Map<String, ProcessedDatabase>> databases,
            Collection<LatestDatabase> latest, Collection<AgentSeen> agents, Unmatched unmatched) {
        this.sessions = sessions;
        this.databases = databases;
        this.latest = latest;
        this.agents = agents;
        this.unmatched = unmatched;
    }

    FleetView at(Instant now, StageRates rates) {
        double[] perSecond = rates.perSecond(now);
        SessionTotals totals = totals();
        List<StageView> stages = List.of(
                stage("scanner", totals.scan().published(), totals.scan().rejectedNow(), SyncSession::scanSpan,
                        perSecond[0]),
                stage("enricher", totals.enriched().rows(), totals.enriched().deadLettered(), SyncSession::enrichSpan,
                        perSecond[1]),
                stage("writer", totals.written().rows(), totals.written().deadLettered(), SyncSession::writeSpan,
                        perSecond[2]));
        InFlightCounts inFlight = sessions.stream().map(SyncSession::inFlight).reduce(InFlightCounts.NOTHING,
                InFlightCounts::plus);
        return new FleetView(now, agentViews(), nodes(), stages, inFlight, totals, deadLetters(totals),
                unmatched == null ? Map.of() : unmatched.deadLetters(),
                unmatched == null ? Map.of() : unmatched.unmatched());
    }

    /** Of all sessions, also of those that are not kept any longer. */
    private SessionTotals totals() {
        SessionTotals past = agents.stream().map(AgentSeen::past).reduce(SessionTotals.NONE, SessionTotals::plus);
        for (SyncSession session : sessions) {
            past = past.plus(session);
        }
        return past;
    }

    private StageView stage(String name, long rows, long dead, Function<SyncSession, StageSpan> span, double rate) {
        Instant last = sessions.stream().map(span).map(StageSpan::last).filter(Objects::nonNull)
                .max(Comparator.naturalOrder()).orElse(null);
        return new StageView(name, rows, dead, rate, last);
    }

    private List<AgentView> agentViews() {
        Map<String, SyncSession> latest = new TreeMap<>();
        sessions.forEach(session -> latest.merge(session.sourceIp(), session,
                (one, other) -> one.startedAt().isBefore(other.startedAt()) ? other : one));
        List<AgentView> views = new ArrayList<>();
        for (AgentSeen agent : agents) {
            SyncSession last = latest.get(agent.sourceIp());
            views.add(new AgentView(agent.sourceIp(), agent.seenAt(), last == null ? null : last.sessionId(),
                    last == null ? null : last.status(), agent.databases(), agent.problems()));
        }
        views.sort(Comparator.comparing(AgentView::sourceIp));
        return views;
    }

    private List<NodeView> nodes() {
        Map<Place, InFlightCounts> inFlight = new HashMap<>();
        databases.forEach(byPath -> byPath.values()
                .forEach(database -> inFlight.merge(new Place(database.sourceIp(), database.dbPath()),
                        database.inFlight(), InFlightCounts::plus)));
        Map<Place, StandingProblem> problems = new HashMap<>();
        agents.forEach(agent -> agent.problems()
                .forEach(problem -> problems.putIfAbsent(new Place(agent.sourceIp(), problem.path()), problem)));
        return latest.stream().map(database -> {
            Place place = new Place(database.sourceIp(), database.dbPath());
            return node(database, inFlight.getOrDefault(place, InFlightCounts.NOTHING), problems.get(place));
        }).sorted(Comparator.comparing(NodeView::sourceIp).thenComparing(NodeView::dbPath)).toList();
    }

    /** A database of a machine. */
    private record Place(String sourceIp, String dbPath) {}

    /** One that was read and has been in no session had nothing to publish. */
    private static NodeView node(LatestDatabase database, InFlightCounts inFlight, StandingProblem problem) {
        return new NodeView(database.sourceIp(), database.nodeName(), database.dbPath(), database.sessionId(),
                database.status() == null ? SessionStatus.COMPLETED : database.status(), database.readAt(),
                database.changedAt(), database.rows(), database.rejected(), inFlight, problem);
    }

    private static Map<String, Long> deadLetters(SessionTotals totals) {
        Map<String, Long> counts = new TreeMap<>();
        List.of(totals.scan().rejected(), totals.enriched().deadLetters(), totals.written().deadLetters())
                .forEach(
                        byReason -> byReason.forEach((reason, count) -> counts.merge(reason, count, BoundedSum::plus)));
        return counts;
    }
}

package io.tokensync.monitor.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.OnTheWay;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unattributed;
import io.tokensync.monitor.view.AgentView;
import io.tokensync.monitor.view.FleetView;
import io.tokensync.monitor.view.NodeView;
import io.tokensync.monitor.view.StageView;

/** Puts the accounts together to one view. */
final class FleetSummary {
    private final Collection<SyncSession> sessions;
    private final Collection<Map<String, ProcessedDatabase>> databases;
    private final Collection<AgentSeen> agents;
    private final Unattributed unattributed;

    FleetSummary(Collection<SyncSession> sessions, Collection<Map<String, ProcessedDatabase>> databases,
            Collection<AgentSeen> agents, Unattributed unattributed) {
        this.sessions = sessions;
        this.databases = databases;
        this.agents = agents;
        this.unattributed = unattributed;
    }

    FleetView at(Instant now, StageRates rates) {
        double[] perSecond = rates.perSecond(now);
        List<StageView> stages = List.of(
                stage("scanner", s -> s.scan().published(), s -> s.scan().refusedNow(), SyncSession::scanSpan,
                        perSecond[0]),
                stage("enricher", s -> s.enriched().rows(), s -> s.enriched().deadLettered(), SyncSession::enrichSpan,
                        perSecond[1]),
                stage("writer", s -> s.written().rows(), s -> s.written().deadLettered(), SyncSession::writeSpan,
                        perSecond[2]));
        OnTheWay onTheWay = sessions.stream().map(SyncSession::onTheWay).reduce(OnTheWay.NOTHING, OnTheWay::plus);
        return new FleetView(now, agentViews(), nodes(), stages, onTheWay, deadLetters(),
                unattributed == null ? Map.of() : unattributed.deadLetters());
    }

    private StageView stage(String name, ToLongFunction<SyncSession> rows, ToLongFunction<SyncSession> dead,
            Function<SyncSession, StageSpan> span, double rate) {
        Instant last = sessions.stream().map(span).map(StageSpan::last).filter(Objects::nonNull)
                .max(Comparator.naturalOrder()).orElse(null);
        return new StageView(name, sessions.stream().mapToLong(rows).sum(), sessions.stream().mapToLong(dead).sum(),
                rate, last);
    }

    private List<AgentView> agentViews() {
        Map<String, SyncSession> latest = new TreeMap<>();
        sessions.forEach(session -> latest.merge(session.sourceIp(), session,
                (one, other) -> one.startedAt().isBefore(other.startedAt()) ? other : one));
        List<AgentView> views = new ArrayList<>();
        for (AgentSeen agent : agents) {
            SyncSession last = latest.get(agent.sourceIp());
            views.add(new AgentView(agent.sourceIp(), agent.seenAt(), last == null ? null : last.sessionId(),
                    last == null ? null : last.status(), agent.databases()));
        }
        views.sort(Comparator.comparing(AgentView::sourceIp));
        return views;
    }

    private List<NodeView> nodes() {
        Map<List<String>, ProcessedDatabase> latest = new TreeMap<>(
                Comparator.<List<String>, String>comparing(List::getFirst).thenComparing(List::getLast));
        databases.forEach(byPath -> byPath.values()
                .forEach(database -> latest.merge(List.of(database.sourceIp(), database.dbPath()), database,
                        (one, other) -> one.movedAt().isBefore(other.movedAt()) ? other : one)));
        return latest.values().stream().map(database -> new NodeView(database.sourceIp(), database.nodeName(),
                database.dbPath(), database.sessionId(), database.status(), database.scannedAt(),
                database.scan().read(), database.onTheWay())).toList();
    }

    private Map<String, Long> deadLetters() {
        Map<String, Long> counts = new TreeMap<>();
        for (SyncSession session : sessions) {
            List.of(session.scan().refused(), session.enriched().deadLetters(), session.written().deadLetters())
                    .forEach(byReason -> byReason.forEach((reason, count) -> counts.merge(reason, count, Long::sum)));
        }
        return counts;
    }
}

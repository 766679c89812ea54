package io.tokensync.monitor.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.session.BoundedSum;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.probe.Backlog;
import io.tokensync.monitor.probe.History.Sample;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.view.FleetView;
import io.tokensync.monitor.view.Freshness;
import io.tokensync.monitor.view.StageView;
import io.tokensync.monitor.web.ErrorCategories.Category;
import io.tokensync.monitor.web.Fleet.Agent;
import io.tokensync.monitor.web.Fleet.Node;

/**
 * Everything but the tables; as wide as the page, which shows each component in a place of its own.
 *
 * @param asOf when it was put together
 * @param ready whether earlier results have been read; before that it is incomplete
 * @param fresh how far all of this is true now
 * @param unreconciled receipts that have not been added up yet; null when nobody knows
 * @param nodes how many nodes stand how, by name of their condition
 * @param rows rows of all nodes at their last scan
 * @param inFlight published and not accounted for
 * @param ages records on their way by how long their session has had some; they add up to those in flight
 * @param agents with a dead letter for each node
 * @param stages what they did, and how far behind they are
 * @param sessions how many sessions stand how
 * @param problems what stands in the way of the agents, the longest first, at most 100
 * @param standing how many there are
 * @param errors by category, of all sessions
 * @param deadLetters by code of the reason
 * @param history for the charts
 * @param audit what was found, without the rows
 */
record Overview(Instant asOf, boolean ready, Freshness fresh, Long unreconciled, Map<String, Integer> nodes, long rows,
        InFlightCounts inFlight,
        Map<String, Long> ages, List<Agent> agents, List<Stage> stages, Map<String, Integer> sessions,
        List<Problem> problems, long standing, List<Category> errors, Map<String, Long> deadLetters,
        List<Sample> history, Audit audit) {

    private static final int MOST_PROBLEMS = 100;

    /** A stage with its processes; behind is null when nobody knows. */
    record Stage(String stage, long rows, long deadLettered, double rowsPerSecond, Instant lastReceipt, Long behind,
            List<StageInstance> instances) {}

    /** How many rows were found of each kind, and which kinds the last audit was not answered for. */
    record Audit(String state, Instant at, String problem, Map<String, Long> found, List<String> unanswered) {}

    /** What stands in the way of an agent. */
    record Problem(String sourceIp, String kind, String path, String reason, Instant since, Instant lastSeen) {}

    static Overview of(PageSources sources, Instant now) {
        FleetView view = sources.views().fleet();
        Fleet fleet = new Fleet(view, sources);
        List<SyncSession> sessions = sources.views().sessions();
        List<StageInstance> instances = sources.instances().get();
        Backlog backlog = sources.backlog().get();
        InFlightCounts inFlight = sessions.stream().map(SyncSession::inFlight).reduce(InFlightCounts.NOTHING,
                InFlightCounts::plus);
        return new Overview(now, sources.views().ready(), sources.views().freshness(),
                backlog.records().get("monitor"), conditions(fleet.nodes()),
                BoundedSum.sum(fleet.nodes().stream().mapToLong(Node::rows)), inFlight, ages(sessions, now),
                fleet.agents(), stages(view, backlog, instances), statuses(sessions),
                problems(view), view.problems().count(), ErrorCategories.of(view, instances), deadLetters(view),
                sources.history().get(),
                audit(sources.audit().get()));
    }

    private static List<Problem> problems(FleetView view) {
        return view.agents().stream().flatMap(agent -> agent.problems().stream()
                .map(problem -> new Problem(agent.sourceIp(), problem.kind(), problem.path(), problem.reason(),
                        problem.since(), problem.lastSeen())))
                .sorted(Comparator.comparing(Problem::since).thenComparing(Problem::path)).limit(MOST_PROBLEMS)
                .toList();
    }

    private static Map<String, Integer> conditions(List<Node> nodes) {
        Map<String, Integer> counts = new TreeMap<>();
        nodes.forEach(node -> counts.merge(node.state(), 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> statuses(List<SyncSession> sessions) {
        Map<SessionStatus, Integer> counts = new EnumMap<>(SessionStatus.class);
        sessions.forEach(session -> counts.merge(session.status(), 1, Integer::sum));
        Map<String, Integer> named = new TreeMap<>();
        counts.forEach((status, count) -> named.put(status.name(), count));
        return named;
    }

    /** Of every session that has records on their way, so that the ages add up to them. */
    private static Map<String, Long> ages(List<SyncSession> sessions, Instant now) {
        Map<String, Long> ages = new TreeMap<>(
                Map.of("a_minute", 0L, "b_ten_minutes", 0L, "c_hour", 0L, "d_longer", 0L));
        for (SyncSession session : sessions) {
            InFlightCounts inFlight = session.inFlight();
            if (inFlight.records() > 0) {
                Instant since = inFlight.since() == null ? session.movedAt() : inFlight.since();
                ages.merge(age(Duration.between(since, now).toSeconds()), inFlight.records(), BoundedSum::plus);
            }
        }
        return ages;
    }

    private static String age(long seconds) {
        if (seconds < 60) {
            return "a_minute";
        }
        if (seconds < 600) {
            return "b_ten_minutes";
        }
        return seconds < 3_600 ? "c_hour" : "d_longer";
    }

    private static List<Stage> stages(FleetView view, Backlog backlog, List<StageInstance> instances) {
        return view.stages().stream().map(stage -> stage(stage, backlog, instances)).toList();
    }

    private static Stage stage(StageView stage, Backlog backlog, List<StageInstance> instances) {
        return new Stage(stage.stage(), stage.rows(), stage.deadLettered(), stage.rowsPerSecond(), stage.lastReceipt(),
                backlog.records().get(stage.stage()),
                instances.stream().filter(instance -> instance.stage().equals(stage.stage())).toList());
    }

    private static Map<String, Long> deadLetters(FleetView view) {
        Map<String, Long> all = new TreeMap<>(view.deadLetters());
        view.unmatchedDeadLetters().forEach((code, count) -> all.merge(code, count, BoundedSum::plus));
        return all;
    }

    private static Audit audit(AuditView audit) {
        Map<String, Long> found = new TreeMap<>();
        audit.findings().forEach(finding -> found.put(finding.kind().code(), finding.rows()));
        return new Audit(audit.state().name(), audit.at(), audit.problem(), found,
                audit.open().stream().map(open -> open.missing().kind().code()).toList());
    }
}

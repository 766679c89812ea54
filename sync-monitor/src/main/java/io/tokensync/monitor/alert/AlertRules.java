package io.tokensync.monitor.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tokensync.common.session.BoundedSum;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.alert.Alert.Level;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.view.AgentView;

/**
 * What people should know now, by a key that stays the same as long as it is the same matter. Numbers that grow are told
 * again when they have doubled, not at every step.
 */
final class AlertRules {
    private static final int MOST_PROBLEMS = 10;
    private static final int MOST_NAMES = 20;

    private final AlertSources sources;
    private final Duration pausedAfter;
    private final Clock clock;

    AlertRules(AlertSources sources, Duration pausedAfter, Clock clock) {
        this.sources = sources;
        this.pausedAfter = pausedAfter;
        this.clock = clock;
    }

    Map<String, Alert> now() {
        Map<String, Alert> matters = new LinkedHashMap<>();
        Instant now = clock.instant();
        sources.instances().get().stream().filter(instance -> isPausedForLong(instance, now)).forEach(
                instance -> matters.put("paused " + instance.stage() + " " + instance.address(),
                        paused(instance, now)));
        sources.views().sessions().forEach(session -> add(matters, session, now));
        sources.views().fleet().agents().stream().filter(agent -> !agent.problems().isEmpty()).forEach(agent -> matters
                .put("problems " + agent.sourceIp() + " " + doublings(agent.problems().size()), problems(agent, now)));
        addDeadLetters(matters, now);
        sources.audit().get().findings().stream().filter(finding -> finding.rows() > 0).forEach(finding -> matters
                .put("finding " + finding.kind() + " " + doublings(finding.rows()), found(finding, now)));
        addVerifications(matters, now);
        return matters;
    }

    private boolean isPausedForLong(StageInstance instance, Instant now) {
        return instance.since() != null && !instance.since().plus(pausedAfter).isAfter(now)
                && (instance.isPaused() || instance.state().equals(StageInstance.UNREACHABLE));
    }

    private static Alert paused(StageInstance instance, Instant now) {
        String does = switch (instance.state()) {
            case "FAILED" -> " has failed and is started again";
            case StageInstance.UNREACHABLE -> " does not answer";
            default -> " waits";
        };
        return new Alert(Level.CRITICAL, instance.stage() + " " + instance.address() + does + ", for "
                + text(Duration.between(instance.since(), now)),
                instance.cause() == null ? "" : instance.cause(),
                now);
    }

    private static void add(Map<String, Alert> matters, SyncSession session, Instant now) {
        String name = "session " + session.sessionId() + " of " + session.sourceIp();
        if (session.status() == SessionStatus.STALLED) {
            matters.put("stalled " + session.sessionId(), new Alert(Level.CRITICAL, name + " is stalled",
                    session.inFlight().records() + " records are on their way and have stopped moving", now));
        }
        if (session.status() == SessionStatus.INTERRUPTED) {
            matters.put("interrupted " + session.sessionId(), new Alert(Level.WARNING, name + " was interrupted",
                    "its agent has not ended the scan; its next scan takes up what is missing", now));
        }
    }

    private void addDeadLetters(Map<String, Alert> matters, Instant now) {
        Map<String, Long> deadLetters = sources.views().fleet().deadLetters();
        long all = BoundedSum.sum(deadLetters.values().stream().mapToLong(Long::longValue));
        if (all > 0) {
            StringBuilder causes = new StringBuilder();
            deadLetters.forEach((code, count) -> causes.append(code).append(": ").append(count).append('\n'));
            matters.put("dead letters " + doublings(all), new Alert(Level.WARNING, all
                    + " rows or records were dead-lettered", causes.toString().strip(),
                    now));
        }
    }

    /** Nodes together, since whoever changes the table by hand may have changed rows of many. */
    private void addVerifications(Map<String, Alert> matters, Instant now) {
        Map<NodeName, Map<String, Object>> latest = sources.verifications().get();
        addNodes(matters, nodes(latest, row -> has(row, "outcome", "differs")
                && has(row, "previous_outcome", "differs")), "differing", "differ from the table twice in a row", now);
        addNodes(matters, nodes(latest, row -> has(row, "outcome", "contested")), "contested",
                "are claimed by two agents in turns, and nothing of them is repaired", now);
    }

    private static List<String> nodes(Map<NodeName, Map<String, Object>> latest,
            Predicate<Map<String, Object>> which) {
        return latest.entrySet().stream().filter(entry -> which.test(entry.getValue())).map(Map.Entry::getKey)
                .map(node -> node.sourceIp() + "/" + node.nodeName()).sorted().toList();
    }

    private static void addNodes(Map<String, Alert> matters, List<String> nodes, String key, String what,
            Instant now) {
        if (!nodes.isEmpty()) {
            String more = nodes.size() > MOST_NAMES ? "\n… and " + (nodes.size() - MOST_NAMES) + " more" : "";
            matters.put(key + " nodes " + doublings(nodes.size()), new Alert(Level.WARNING,
                    "nodes that " + what + ": " + nodes.size(),
                    nodes.stream().limit(MOST_NAMES).collect(Collectors.joining("\n")) + more, now));
        }
    }

    private static boolean has(Map<String, Object> row, String column, String value) {
        return value.equals(row.get(column));
    }

    private static Alert problems(AgentView agent, Instant now) {
        return new Alert(Level.WARNING, agent.sourceIp() + ": " + agent.problems().size()
                + (agent.problems().size() == 1 ? " problem stands" : " problems stand"),
                agent.problems().stream().limit(MOST_PROBLEMS).map(problem -> problem.path() + ": " + problem.reason())
                        .collect(Collectors.joining("\n")),
                now);
    }

    private static Alert found(Finding finding, Instant now) {
        return new Alert(Level.WARNING, "audit: " + finding.kind().title() + ", " + finding.rows() + " rows",
                finding.kind().explanation(), now);
    }

    private static String text(Duration duration) {
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    private static int doublings(long count) {
        return Long.SIZE - Long.numberOfLeadingZeros(count);
    }
}

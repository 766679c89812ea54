package io.tokensync.monitor.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.view.AgentView;
import io.tokensync.monitor.view.FleetView;
import io.tokensync.monitor.view.NodeView;

/** The nodes with what their agents tell of them. */
final class Fleet {
    private final Map<String, Instant> lastSeen = new HashMap<>();
    private final FleetView view;
    private final Duration silence;
    private final Map<NodeName, Map<String, Object>> verifications;

    /**
     * One node for the page.
     *
     * @param state code of its {@link Condition}
     * @param verification the latest; null when there is none
     * @param lastSeen when it was last looked at: with each scan cycle of its agent, until something stands in the way
     */
    record Node(String sourceIp, String nodeName, String dbPath, String sessionId, String state, Instant lastRead,
            Instant lastChange, Instant lastSeen, long rows, InFlightCounts inFlight, StandingProblem problem,
            Map<String, Object> verification) {}

    /**
     * One agent for the page.
     *
     * @param mosaic a letter for each of its nodes
     */
    record Agent(String sourceIp, Instant lastSeen, String lastSession, String lastStatus, int databases,
            boolean silent, String mosaic) {}

    Fleet(PageSources sources) {
        this(sources.views().fleet(), sources);
    }

    /** @param view as it is to be shown, of these sources */
    Fleet(FleetView view, PageSources sources) {
        this.view = view;
        this.silence = sources.silence();
        this.verifications = sources.workbench().verifications().get();
        view.agents().forEach(agent -> lastSeen.put(agent.sourceIp(), agent.lastSeen()));
    }

    List<Node> nodes() {
        return view.nodes().stream().map(this::node).toList();
    }

    List<Agent> agents() {
        Map<String, String> mosaics = view.nodes().stream().sorted(Comparator.comparing(NodeView::nodeName))
                .collect(Collectors.groupingBy(NodeView::sourceIp, Collectors.mapping(
                        node -> condition(node).letter(), Collectors.joining())));
        return view.agents().stream().map(agent -> agent(agent, mosaics.getOrDefault(agent.sourceIp(), ""))).toList();
    }

    private Node node(NodeView node) {
        return new Node(node.sourceIp(), node.nodeName(), node.dbPath(), node.sessionId(), condition(node).name(),
                node.lastRead(), node.lastChange(),
                node.problem() == null ? lastSeen.get(node.sourceIp()) : node.lastRead(), node.rows(), node.inFlight(),
                node.problem(), verifications.get(new NodeName(node.sourceIp(), node.nodeName())));
    }

    private Agent agent(AgentView agent, String mosaic) {
        return new Agent(agent.sourceIp(), agent.lastSeen(), agent.lastSession(),
                agent.lastStatus() == null ? null : agent.lastStatus().name(), agent.databases(),
                isSilent(agent.sourceIp()), mosaic);
    }

    private Condition condition(NodeView node) {
        return Condition.of(node, isSilent(node.sourceIp()));
    }

    private boolean isSilent(String sourceIp) {
        Instant seen = lastSeen.get(sourceIp);
        return seen != null && seen.plus(silence).isBefore(view.asOf());
    }
}

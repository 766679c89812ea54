package io.tokensync.monitor.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.tokensync.common.session.OnTheWay;

/**
 * All agents, nodes and stages.
 *
 * @param asOf when this was put together
 * @param agents by source ip
 * @param nodes by source ip and path
 * @param stages in the order of the flow: scanner, enricher, writer
 * @param onTheWay published and not accounted for, over all sessions
 * @param deadLetters records and rows put aside in the sessions that are kept, by code of the reason
 * @param unattributed records put aside that nobody could tell a session of, by code of the reason
 */
public record FleetView(Instant asOf, List<AgentView> agents, List<NodeView> nodes, List<StageView> stages,
        OnTheWay onTheWay, Map<String, Long> deadLetters, Map<String, Long> unattributed) {
    public FleetView {
        agents = List.copyOf(agents);
        nodes = List.copyOf(nodes);
        stages = List.copyOf(stages);
        deadLetters = Map.copyOf(deadLetters);
        unattributed = Map.copyOf(unattributed);
    }
}

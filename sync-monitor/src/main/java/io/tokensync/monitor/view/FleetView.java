package io.tokensync.monitor.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.StandingProblem;

/**
 * All agents, nodes and stages.
 *
 * @param asOf when this was put together
 * @param agents by source ip
 * @param nodes by source ip and path
 * @param stages in the order of the flow: scanner, enricher, writer
 * @param inFlight published and not accounted for, over all sessions
 * @param totals of all sessions, also of those that are not kept any longer
 * @param deadLetters records and rows dead-lettered in all sessions, by code of the reason
 * @param unmatchedDeadLetters records dead-lettered that nobody could tell a session of, by code of the reason
 * @param unmatched records that stages reported in sessions that nobody has announced or that are not kept any longer, by
 *            stage
 */
public record FleetView(Instant asOf, List<AgentView> agents, List<NodeView> nodes, List<StageView> stages,
        InFlightCounts inFlight, SessionTotals totals, Map<String, Long> deadLetters,
        Map<String, Long> unmatchedDeadLetters,
        Map<String, Long> unmatched) {
    public FleetView {
        agents = List.copyOf(agents);
        nodes = List.copyOf(nodes);
        stages = List.copyOf(stages);
        deadLetters = Map.copyOf(deadLetters);
        unmatchedDeadLetters = Map.copyOf(unmatchedDeadLetters);
        unmatched = Map.copyOf(unmatched);
    }

    /** What stands in the way of the agents, each once. */
    public Stream<StandingProblem> problems() {
        return agents.stream().flatMap(agent -> agent.problems().stream());
    }
}

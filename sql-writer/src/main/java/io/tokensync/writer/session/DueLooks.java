package io.tokensync.writer.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.StandingProblem;

/**
 * When a scan cycle of an agent is worth a write to the rows of its databases: twice an hour, and when other problems stand in
 * its way. An agent scans twice a minute, and most scans find what is known. One thread.
 */
final class DueLooks {
    private static final Duration EVERY = Duration.ofMinutes(30);

    private final Map<String, AgentSeen> written = new HashMap<>();

    /** The batch without the agents whose last scan cycle need not be written. */
    SessionBatch of(SessionBatch batch) {
        return batch.withAgents(batch.agents().stream().filter(this::isDue).toList());
    }

    /** These are written. */
    void written(List<AgentSeen> agents) {
        agents.forEach(agent -> written.put(agent.sourceIp(), agent));
    }

    private boolean isDue(AgentSeen agent) {
        AgentSeen before = written.get(agent.sourceIp());
        return before == null || !agent.passedAt().isBefore(before.passedAt().plus(EVERY))
                || (agent.passedAt().isAfter(before.passedAt()) && !places(agent).equals(places(before)));
    }

    private static Set<List<String>> places(AgentSeen agent) {
        return agent.problems().stream().map(DueLooks::place).collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> place(StandingProblem problem) {
        return List.of(problem.kind(), problem.path());
    }
}

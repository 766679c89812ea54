package io.tokensync.monitor.view;

import java.time.Instant;
import java.util.List;

import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StandingProblem;

/**
 * One agent.
 *
 * @param sourceIp its machine
 * @param lastSeen its last receipt, also of a scan cycle that found nothing new
 * @param lastSession its latest session that read anything; null when none is kept
 * @param lastStatus how that session stands; null when none is kept
 * @param databases how many databases it found in its last scan cycle
 * @param problems what stood in the way of that scan cycle, each once
 */
public record AgentView(String sourceIp, Instant lastSeen, String lastSession, SessionStatus lastStatus,
        int databases, List<StandingProblem> problems) {
    public AgentView {
        problems = List.copyOf(problems);
    }
}

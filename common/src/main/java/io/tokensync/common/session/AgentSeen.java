package io.tokensync.common.session;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The latest that was heard of an agent; also of scan cycles that found nothing new and are not kept as sessions. Each scan
 * cycle looks at all of its databases, so the end of the last one is when each was looked at that has no problem.
 *
 * @param sourceIp its machine
 * @param seenAt its last receipt
 * @param passedAt the end of its last scan cycle; null before the first
 * @param databases how many databases it found last
 * @param problems what stood in its way in the last scan cycle, each once, at most {@value #MOST_PROBLEMS} of them
 * @param past its sessions that are not kept any longer
 */
public record AgentSeen(String sourceIp, Instant seenAt, Instant passedAt, int databases,
        List<StandingProblem> problems, SessionTotals past) implements SessionSummary {
    /** An agent tells of so many problems, and not of more. */
    public static final int MOST_PROBLEMS = 100;

    public AgentSeen {
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(seenAt, "seen_at");
        problems = problems == null ? List.of() : List.copyOf(problems);
        past = past == null ? SessionTotals.NONE : past;
    }

    /** Whether it looked at each database in its last scan cycle except those that have a problem here. */
    public boolean hasLooked() {
        return passedAt != null && problems.size() < MOST_PROBLEMS;
    }

    @Override
    public String key() {
        return "agent|" + sourceIp;
    }
}

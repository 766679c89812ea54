package io.tokensync.monitor.reconciliation.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.monitor.reconciliation.SessionState;

/**
 * Which sessions are not kept any longer: those that came to their end so long ago, and all but the latest of an agent;
 * those that published are counted apart from those that did not, which may be many more. A session that has no end is
 * always kept.
 */
final class Retention {
    private final Timeouts longestWait;

    Retention(Timeouts longestWait) {
        this.longestWait = longestWait;
    }

    /** Of one agent, by whether they published. */
    private record Rank(String sourceIp, boolean published) {}

    List<SessionState> expired(List<SessionState> sessions, Instant now) {
        List<SessionState> expired = new ArrayList<>();
        Map<Rank, Integer> kept = new HashMap<>();
        Instant start = now.minus(longestWait.kept());
        for (SessionState session : sessions.stream().filter(SessionState::announced)
                .sorted(Comparator.comparing(SessionState::order).thenComparing(SessionState::startedAt).reversed())
                .toList()) {
            int rank = kept.merge(new Rank(session.sourceIp(), session.rows() > 0), 1, Integer::sum);
            if (session.accountedAt() != null
                    && (rank > longestWait.sessionsPerAgent() || session.accountedAt().isBefore(start))) {
                expired.add(session);
            }
        }
        return expired;
    }

    /** What stages have reported sessions that nobody has announced in all this time. */
    List<SessionState> unmatched(List<SessionState> sessions, Instant now) {
        Instant start = now.minus(longestWait.silent());
        return sessions.stream().filter(session -> !session.announced())
                .filter(session -> session.firstAt() == null || session.firstAt().isBefore(start)).toList();
    }
}

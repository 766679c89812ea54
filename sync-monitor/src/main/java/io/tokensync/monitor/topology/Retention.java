package io.tokensync.monitor.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tokensync.monitor.reckoning.SessionState;
import io.tokensync.monitor.reckoning.Verdict;

/** Which sessions are not kept any longer: those that have not moved for so long, and all but the latest of an agent. */
final class Retention {
    private final Patience patience;
    private final States states;

    Retention(Patience patience, States states) {
        this.patience = patience;
        this.states = states;
    }

    List<SessionState> expired(List<SessionState> sessions, Instant now) {
        List<SessionState> expired = new ArrayList<>();
        Map<String, Integer> kept = new HashMap<>();
        for (SessionState session : sessions.stream().sorted(Comparator.comparing(SessionState::startedAt).reversed())
                .toList()) {
            int rank = kept.merge(session.sourceIp(), 1, Integer::sum);
            if (rank > patience.sessionsPerAgent() || isOld(session, now)) {
                expired.add(session);
            }
        }
        return expired;
    }

    private boolean isOld(SessionState session, Instant now) {
        Instant start = now.minus(patience.kept());
        return session.startedAt().isBefore(start) && new Verdict(session, states.databases(session.sessionId()),
                patience.stalled(), patience.silent()).movedAt().isBefore(start);
    }
}

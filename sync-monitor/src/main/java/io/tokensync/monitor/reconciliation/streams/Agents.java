package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.monitor.reconciliation.AgentState;
import io.tokensync.monitor.reconciliation.SessionState;

/** What is known of the agents of one task, and which of them were heard since their session summaries were published. */
final class Agents {
    /** A scan tells of each page; that its agent lives need not be said as often. */
    private static final Duration OFTEN = Duration.ofSeconds(10);

    private final States states;
    private final Set<String> heard = new LinkedHashSet<>();

    /** Begins with the session summaries of all, which whoever had these states before may not have published. */
    Agents(States states) {
        this.states = states;
        states.agents().forEach(agent -> heard.add(agent.sourceIp()));
    }

    void heard(String sourceIp, Instant at) {
        AgentState agent = agent(sourceIp, at);
        if (agent.seenAt().plus(OFTEN).isBefore(at)) {
            put(agent.heard(at));
        }
    }

    void started(Receipt.ScanCycleStarted receipt, Instant at) {
        put(agent(receipt.sourceIp(), at).with(receipt, at));
    }

    /** Returns whether other problems stood in the way of this scan cycle than in that of the one before. */
    boolean ended(Receipt.ScanCycleEnded receipt, Instant at) {
        AgentState before = agent(receipt.sourceIp(), at);
        put(before.with(receipt, at));
        return before.isNews(receipt, at);
    }

    void forgot(SessionState session, SessionTotals totals) {
        put(agent(session.sourceIp(), session.order()).forgot(session, totals));
    }

    boolean hasForgotten(Receipt.ScanCycleStarted receipt, Instant at) {
        return states.agent(receipt.sourceIp()).filter(agent -> agent.hasForgotten(receipt, at)).isPresent();
    }

    /** Whether its agent has begun a later scan cycle. */
    boolean haveGoneOnAfter(SessionState session) {
        return session.end() == null
                && states.agent(session.sourceIp()).filter(agent -> agent.hasGoneOnAfter(session)).isPresent();
    }

    /** Hands out the session summaries of those that were heard. */
    void publish(Consumer<AgentSeen> to) {
        heard.forEach(sourceIp -> states.agent(sourceIp).map(AgentState::summary).ifPresent(to));
        heard.clear();
    }

    private AgentState agent(String sourceIp, Instant at) {
        return states.agent(sourceIp).orElseGet(() -> AgentState.of(sourceIp, at));
    }

    private void put(AgentState agent) {
        states.put(agent);
        heard.add(agent.sourceIp());
    }
}

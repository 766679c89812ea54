package io.tokensync.monitor.reconciliation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.StandingProblem;

/**
 * What is known of an agent, over all of its scan cycles. Receipts that are older than what is known, which a replay brings,
 * change nothing.
 *
 * @param sourceIp its machine
 * @param seenAt its last receipt
 * @param passedAt the end of its last scan cycle; null before
 * @param databases how many it found last
 * @param problems what stood in its way in the last scan cycle
 * @param past its sessions that are not kept any longer
 * @param cycle the last scan cycle that it has announced; null before
 * @param forgotten up to where its scan cycles are not kept any longer, except those that are; null when all are
 */
public record AgentState(String sourceIp, Instant seenAt, Instant passedAt, int databases,
        List<StandingProblem> problems, SessionTotals past, Pass cycle, Begin forgotten) {

    /**
     * A scan cycle by its announcement.
     *
     * @param at when it came, by the brokers' clock
     */
    public record Pass(String sessionId, Instant at) {}

    /**
     * When a scan cycle began, by two clocks: one of them may be set back, and then tells nothing.
     *
     * @param announcedAt by the brokers' clock
     * @param startedAt by the agent's
     */
    public record Begin(Instant announcedAt, Instant startedAt) {
        private Begin orLater(Begin other) {
            return new Begin(later(announcedAt, other.announcedAt), later(startedAt, other.startedAt));
        }
    }

    /** Kind and place. */
    private record Place(String kind, String path) {}

    public AgentState {
        Objects.requireNonNull(sourceIp, "source_ip");
        Objects.requireNonNull(seenAt, "seen_at");
        problems = problems == null ? List.of() : List.copyOf(problems);
        past = past == null ? SessionTotals.NONE : past;
    }

    /** Heard of for the first time. */
    public static AgentState of(String sourceIp, Instant at) {
        return new AgentState(sourceIp, at, null, 0, List.of(), SessionTotals.NONE, null, null);
    }

    /** It has said something. */
    public AgentState heard(Instant at) {
        return new AgentState(sourceIp, later(seenAt, at), passedAt, databases, problems, past, cycle, forgotten);
    }

    public AgentState with(Receipt.ScanCycleStarted receipt, Instant at) {
        if (cycle != null && at.isBefore(cycle.at)) {
            return this;
        }
        return new AgentState(sourceIp, later(seenAt, at), passedAt, receipt.found(), problems, past,
                new Pass(receipt.sessionId(), at), forgotten);
    }

    public AgentState with(Receipt.ScanCycleEnded receipt, Instant at) {
        if (isOld(at)) {
            return this;
        }
        List<StandingProblem> standing = new ArrayList<>();
        for (ScanProblem problem : receipt.problems()) {
            Instant since = problems.stream().filter(known -> known.isSame(problem)).map(StandingProblem::since)
                    .findFirst().orElse(at);
            standing.add(new StandingProblem(problem.kind(), problem.path(), problem.reason(), since, at));
        }
        return new AgentState(sourceIp, later(seenAt, at), at, receipt.found(), standing, past, cycle, forgotten);
    }

    /** Whether other problems stand in the way of this scan cycle than stood in that of the one before. */
    public boolean isNews(Receipt.ScanCycleEnded receipt, Instant at) {
        Set<Place> now = new HashSet<>();
        receipt.problems().forEach(problem -> now.add(new Place(problem.kind(), problem.path())));
        Set<Place> before = new HashSet<>();
        problems.forEach(problem -> before.add(new Place(problem.kind(), problem.path())));
        return !isOld(at) && !now.equals(before);
    }

    /** Whether it has announced another scan cycle after this one. */
    public boolean hasGoneOnAfter(SessionState session) {
        return cycle != null && !cycle.sessionId.equals(session.sessionId()) && !cycle.at.isBefore(session.order());
    }

    /** Whether a scan cycle with this announcement, which is not known, is one that is not kept any longer. */
    public boolean hasForgotten(Receipt.ScanCycleStarted receipt, Instant at) {
        return forgotten != null && !at.isAfter(forgotten.announcedAt)
                && !receipt.startedAt().isAfter(forgotten.startedAt);
    }

    /** A scan cycle of it is not kept any longer. */
    public AgentState forgot(SessionState session, SessionTotals totals) {
        Begin begin = new Begin(session.order(), session.startedAt());
        return new AgentState(sourceIp, seenAt, passedAt, databases, problems, past.plus(totals), cycle,
                forgotten == null ? begin : forgotten.orLater(begin));
    }

    /** The session summary of it. */
    public AgentSeen summary() {
        return new AgentSeen(sourceIp, seenAt, passedAt, databases, problems, past);
    }

    private boolean isOld(Instant at) {
        return passedAt != null && at.isBefore(passedAt);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}

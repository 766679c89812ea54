package io.tokensync.monitor.reconciliation;

import java.time.Instant;
import java.util.List;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;

/**
 * What is known of one scan cycle of one agent, apart from its databases. Wide, because it is flat in the store, where it
 * outlives releases.
 *
 * @param sessionId the scan cycle
 * @param sourceIp the agent's machine
 * @param startedAt when it began by the agent's clock; as long as the agent has not said so, the first that was heard of it
 * @param announced whether the agent has said so
 * @param announcedAt when it did, by the brokers' clock, which orders scan cycles whatever the agents' clocks say; null before
 * @param firstAt the first receipt of it; null when that is not remembered
 * @param found databases
 * @param toRead databases that had changed
 * @param end what the agent said at the end of the scan cycle; null before
 * @param endedAt when it did; null before
 * @param heardAt the agent's last receipt; null when only later stages have reported the session
 * @param status how it stood when it was last published; null when it has not been
 * @param revision of what was last published
 * @param accountedAt when it was over and everything of it was accounted for; null before
 * @param rows records that the agent had published when it was last published
 */
public record SessionState(String sessionId, String sourceIp, Instant startedAt, boolean announced, Instant announcedAt,
        Instant firstAt, int found, int toRead, End end, Instant endedAt, Instant heardAt, SessionStatus status,
        long revision, Instant accountedAt, long rows) {

    /**
     * The counts at the end of a scan cycle, and what could not be read.
     *
     * @param newProblems whether other problems stood in the way than in the scan cycle before
     */
    public record End(int read, int unchanged, int failed, List<ScanProblem> problems, boolean newProblems) {}

    /** Nothing is known but that it exists. */
    public static SessionState of(String sessionId, String sourceIp, Instant at) {
        return new SessionState(sessionId, sourceIp, at, false, null, at, 0, 0, null, null, null, null, 0, null, 0);
    }

    public SessionState with(Receipt.ScanCycleStarted receipt, Instant at) {
        return new SessionState(sessionId, sourceIp, receipt.startedAt(), true, announcedAt == null ? at : announcedAt,
                firstAt, receipt.found(), receipt.toRead(), end, endedAt, later(heardAt, at), status, revision,
                accountedAt, rows);
    }

    /** The scan cycle is over; newProblems as in {@link End}. */
    public SessionState with(Receipt.ScanCycleEnded receipt, boolean newProblems, Instant at) {
        return new SessionState(sessionId, sourceIp, receipt.startedAt(), announced, announcedAt, firstAt,
                receipt.found(), toRead,
                new End(receipt.read(), receipt.unchanged(), receipt.failed(), receipt.problems(),
                        newProblems || (end != null && end.newProblems())),
                endedAt == null ? at : endedAt, later(heardAt, at), status, revision, accountedAt, rows);
    }

    /** The agent has said something of a database. */
    public SessionState heard(Instant at) {
        return new SessionState(sessionId, sourceIp, startedAt, announced, announcedAt, firstAt, found, toRead, end,
                endedAt, later(heardAt, at), status, revision, accountedAt, rows);
    }

    /** What is published of it now. */
    public SessionState published(SessionStatus newStatus, long newRevision, Instant accountedFor, long newRows) {
        return new SessionState(sessionId, sourceIp, startedAt, announced, announcedAt, firstAt, found, toRead, end,
                endedAt, heardAt, newStatus, newRevision, accountedFor, newRows);
    }

    /** Whether a session summary of it has been published. */
    public boolean isPublished() {
        return status != null;
    }

    /** Its place among the scan cycles of its agent. */
    public Instant order() {
        return announcedAt == null ? startedAt : announcedAt;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || one.isBefore(other) ? other : one;
    }
}

package io.tokensync.monitor.reckoning;

import java.time.Instant;
import java.util.List;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;

/**
 * What is known of one pass of one agent, apart from its databases.
 *
 * @param sessionId the pass
 * @param sourceIp the agent's machine
 * @param startedAt when it began; as long as the agent has not said so, the first that was heard of it
 * @param announced whether the agent has said so
 * @param found databases
 * @param toRead databases that had changed
 * @param end what the agent said at the end of the pass; null before
 * @param endedAt when it did; null before
 * @param heardAt the agent's last receipt; null when only later stages have told of the session
 * @param status how it stood when it was last published; null when it has not been
 * @param revision of what was last published
 * @param settledAt when everything was settled; null before
 */
public record SessionState(String sessionId, String sourceIp, Instant startedAt, boolean announced, int found,
        int toRead, End end, Instant endedAt, Instant heardAt, SessionStatus status, long revision,
        Instant settledAt) {

    /** The counts at the end of a pass, and what could not be read. */
    public record End(int read, int unchanged, int failed, List<ScanProblem> problems) {}

    /** Nothing is known but that it exists. */
    public static SessionState of(String sessionId, String sourceIp, Instant at) {
        return new SessionState(sessionId, sourceIp, at, false, 0, 0, null, null, null, null, 0, null);
    }

    public SessionState with(Receipt.PassStarted receipt, Instant at) {
        return new SessionState(sessionId, sourceIp, receipt.startedAt(), true, receipt.found(), receipt.toRead(), end,
                endedAt, later(heardAt, at), status, revision, settledAt);
    }

    public SessionState with(Receipt.PassEnded receipt, Instant at) {
        return new SessionState(sessionId, sourceIp, receipt.startedAt(), true, receipt.found(), toRead,
                new End(receipt.read(), receipt.unchanged(), receipt.failed(), receipt.problems()),
                endedAt == null ? at : endedAt, later(heardAt, at), status, revision, settledAt);
    }

    /** The agent has said something of a database. */
    public SessionState heard(Instant at) {
        return new SessionState(sessionId, sourceIp, startedAt, announced, found, toRead, end, endedAt,
                later(heardAt, at), status, revision, settledAt);
    }

    /** What is published of it now. */
    public SessionState published(SessionStatus newStatus, long newRevision, Instant settled) {
        return new SessionState(sessionId, sourceIp, startedAt, announced, found, toRead, end, endedAt, heardAt,
                newStatus, newRevision, settled);
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || one.isBefore(other) ? other : one;
    }
}

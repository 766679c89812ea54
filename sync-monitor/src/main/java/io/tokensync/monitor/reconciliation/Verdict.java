package io.tokensync.monitor.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.tokensync.common.session.BoundedSum;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.SyncSession.Databases;
import io.tokensync.common.session.WriteCounts;

/**
 * How a session stands, from what is known of it and of its databases. It is complete only when the agent has said that
 * the scan cycle is over, every database that it read has told its end, and each version that was published is accounted for.
 */
public final class Verdict {
    private final SessionState session;
    private final List<DatabaseState> databases;
    private final Duration stalled;
    private final Duration silent;

    /**
     * @param databases all of the session
     * @param stalled without movement after which it counts as stalled
     * @param silent without a word of the agent after which it counts as interrupted
     */
    public Verdict(SessionState session, List<DatabaseState> databases, Duration stalled, Duration silent) {
        this.session = session;
        this.databases = databases;
        this.stalled = stalled;
        this.silent = silent;
    }

    /**
     * How it stands.
     *
     * @param superseded whether the agent has begun a later scan cycle
     */
    public SessionStatus status(Instant now, boolean superseded) {
        if (isComplete()) {
            return hasErrors() ? SessionStatus.COMPLETED_WITH_ERRORS : SessionStatus.COMPLETED;
        }
        if (session.end() == null && (superseded || isOlder(lastWord(), now, silent))) {
            return SessionStatus.INTERRUPTED;
        }
        return isOlder(lastProgress(), now, stalled) ? SessionStatus.STALLED : SessionStatus.RUNNING;
    }

    /**
     * Whether the scan cycle is worth a session summary: rows moved, other problems stood in its way than in that of the
     * scan cycle before, or it was broken off. Any other scan cycle found what was known.
     *
     * @param status how it stands
     */
    public boolean isWorthASummary(SessionStatus status) {
        return session.isPublished() || databases.stream().anyMatch(DatabaseState::hasMoved)
                || (session.end() == null
                        ? status == SessionStatus.INTERRUPTED && session.toRead() > 0
                        : session.end().newProblems());
    }

    /**
     * When it came to its end: everything of it is accounted for, or it was broken off and nothing of it is on its way;
     * null before.
     *
     * @param status how it stands
     */
    public Instant accountedAt(SessionStatus status, Instant now) {
        if (status.isComplete()) {
            return session.accountedAt() == null ? now : session.accountedAt();
        }
        boolean over = status == SessionStatus.INTERRUPTED
                && databases.stream().allMatch(database -> database.inFlight().records() == 0);
        return over ? movedAt() : null;
    }

    /** Records that the agent has published. */
    public long rows() {
        return BoundedSum.sum(databases.stream().map(DatabaseState::scanned).mapToLong(ScanCounts::published));
    }

    /** The session summary of it as it is published. */
    public SyncSession summary(SessionStatus status, long revision, Instant accountedAt) {
        StageSpan scan = span(DatabaseState::scanSpan);
        return new SyncSession(session.sessionId(), session.sourceIp(), revision, status, session.startedAt(),
                session.endedAt(), movedAt(), accountedAt, counts(),
                sum(session.announced() ? DatabaseState::scanned : DatabaseState::scan, ScanCounts::plus,
                        ScanCounts.NONE),
                sum(DatabaseState::enrichCounts, EnrichCounts::plus, EnrichCounts.NONE),
                sum(DatabaseState::writeCounts, WriteCounts::plus, WriteCounts.NONE),
                session.heardAt() == null ? scan : scan.with(session.startedAt()), span(DatabaseState::enrichSpan),
                span(DatabaseState::writeSpan),
                sum(DatabaseState::inFlight, InFlightCounts::plus, InFlightCounts.NOTHING),
                session.end() == null ? List.of() : session.end().problems(), session.announced());
    }

    /** The last that moved. */
    public Instant movedAt() {
        Instant own = session.heardAt() == null ? session.startedAt() : session.heardAt();
        return databases.stream().map(DatabaseState::movedAt).max(Comparator.naturalOrder())
                .filter(moved -> moved.isAfter(own)).orElse(own);
    }

    private boolean isComplete() {
        return session.end() != null && databases.stream().allMatch(DatabaseState::isDone)
                && databases.stream().filter(database -> database.problem() == null).count() >= session.end().read();
    }

    private boolean hasErrors() {
        return session.end().failed() > 0 || !session.end().problems().isEmpty()
                || databases.stream().anyMatch(DatabaseState::hasErrors);
    }

    private Instant lastWord() {
        return session.heardAt() == null ? session.startedAt() : session.heardAt();
    }

    /** Of records in flight when there are any; else of anything. */
    private Instant lastProgress() {
        return databases.stream().map(DatabaseState::waitingSince).filter(Objects::nonNull)
                .max(Comparator.naturalOrder()).orElseGet(this::movedAt);
    }

    private static boolean isOlder(Instant at, Instant now, Duration bound) {
        return at.plus(bound).isBefore(now);
    }

    private Databases counts() {
        int accountedFor = (int) databases.stream().filter(DatabaseState::isDone).count();
        if (session.end() != null) {
            return new Databases(session.found(), session.end().read(), session.end().unchanged(),
                    session.end().failed(), accountedFor);
        }
        int failed = (int) databases.stream().filter(database -> database.problem() != null).count();
        int read = (int) databases.stream().filter(database -> database.ended() && database.problem() == null).count();
        return new Databases(session.found(), read, Math.max(0, session.found() - session.toRead()), failed,
                accountedFor);
    }

    private StageSpan span(java.util.function.Function<DatabaseState, StageSpan> of) {
        return sum(of, StageSpan::plus, StageSpan.NONE);
    }

    private <T> T sum(java.util.function.Function<DatabaseState, T> of, java.util.function.BinaryOperator<T> plus,
            T none) {
        return databases.stream().map(of).reduce(none, plus);
    }
}

package io.tokensync.writer.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.testkit.property.Gen;

/**
 * Session summaries as the monitor publishes them: all that they say follows from the session, the database and the
 * revision.
 */
public final class Summaries {
    public static final Instant START = Instant.parse("2026-03-01T10:00:00.123456789Z");
    private static final String HOST = "203.0.113.7";
    private static final int SESSIONS = 4;
    private static final int DATABASES = 3;
    private static final int REVISIONS = 6;

    private Summaries() {}

    /** A session summary; the higher the revision, the further it is, and from 5 on it has an end. */
    public static SyncSession session(int number, long revision) {
        boolean ended = revision >= 5;
        Map<String, Long> dead = number % 2 == 0 ? Map.of() : Map.of("sql_rejected", 2L);
        List<ScanProblem> problems = number % 3 == 0
                ? List.of()
                : List.of(new ScanProblem("unreadable", "/n/Ω/rubix.db", "it's \"broken\""));
        return new SyncSession(id(number), HOST, revision, status(number, ended), START.plusSeconds(number),
                ended ? START.plusSeconds(50) : null, START.plusSeconds(revision), ended ? START.plusSeconds(60) : null,
                new SyncSession.Databases(3, 2, 1, 0, 2), new ScanCounts(100 * revision, 1, 90, 2, 0, dead, 0),
                new EnrichCounts(80, Map.of("timeout", 10L), 2, Map.of(), 0),
                new WriteCounts(70, 10, 3, 2, 1, dead, 0, 4), StageSpan.NONE, StageSpan.NONE, StageSpan.NONE,
                new InFlightCounts(3, 1, START), problems, announced(revision));
    }

    /** A database's summary in a session; sessions with a higher number began later. */
    public static ProcessedDatabase database(int session, int database, long revision) {
        boolean told = revision > 1;
        return new ProcessedDatabase(id(session), HOST, "node" + database, path(database), revision,
                status(session, revision >= 5), told ? START.plusSeconds(10L * session) : null, null,
                told ? START.minusSeconds(100 - session) : null, START.plusSeconds(10L * session + revision), null,
                new ScanCounts(10 * revision, 0, revision, 0, 0, Map.of(), 0),
                new EnrichCounts(revision, Map.of("missing", 1L), 0, Map.of(), 0), WriteCounts.NONE,
                InFlightCounts.NOTHING,
                null, announced(revision));
    }

    /** Now and then the monitor has not heard of the beginning. */
    private static boolean announced(long revision) {
        return revision % 3 != 0;
    }

    /** An agent that passed so long after the start, with these problems. */
    public static AgentSeen agent(Duration passed, StandingProblem... problems) {
        return new AgentSeen(HOST, START.plus(passed), START.plus(passed), DATABASES, List.of(problems),
                SessionTotals.NONE);
    }

    /** Something stands in the way of reading a database, since the start. */
    public static StandingProblem problem(int database) {
        return new StandingProblem("database_corrupt", path(database), "it's malformed", START, START);
    }

    /** Any summary. */
    public static SessionSummary any(Gen gen) {
        int session = gen.integer(1, SESSIONS);
        int revision = gen.integer(1, REVISIONS);
        return switch (gen.integer(0, 6)) {
            case 0 -> new AgentSeen(HOST, START, null, 3, List.of(), SessionTotals.NONE);
            case 1, 2 -> session(session, revision);
            default -> database(session, gen.integer(1, DATABASES), revision);
        };
    }

    public static String id(int number) {
        return new UUID(0, number).toString();
    }

    public static String path(int database) {
        return "/srv/node" + database + "/Rubix/rubix.db";
    }

    private static SessionStatus status(int number, boolean ended) {
        return !ended
                ? SessionStatus.RUNNING
                : number % 2 == 0
                        ? SessionStatus.COMPLETED
                        : SessionStatus.COMPLETED_WITH_ERRORS;
    }
}

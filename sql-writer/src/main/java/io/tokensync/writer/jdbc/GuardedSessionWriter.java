package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.expiry.OldRows;
import io.tokensync.writer.session.ErrorSummary;
import io.tokensync.writer.session.SessionBatch;
import io.tokensync.writer.session.SessionWriter;

/**
 * Writes session summaries, each statement as one batch: two round trips for sessions and two for databases, in one
 * transaction; and two for the looks of agents in another one, which locks rows in another order.
 */
final class GuardedSessionWriter implements SessionWriter, OldRows {
    private static final double MILLIS = 1000.0;
    private static final int PROBLEM_LENGTH = 1_000;

    private final GuardedTransactions transactions;
    private final int timeoutSeconds;
    private final SqlText text;
    private final Dialect dialect;

    GuardedSessionWriter(GuardedTransactions transactions, Dialect dialect, int timeoutSeconds) {
        this.transactions = transactions;
        this.dialect = dialect;
        this.text = SqlText.of("sessions.sql", dialect.directory() + "/dialect.sql");
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public void write(SessionBatch batch) throws SqlFailure {
        transactions.run(connection -> {
            run(connection, "make_session", batch.sessions(), GuardedSessionWriter::sessionKey);
            run(connection, "fill_session", batch.sessions(), GuardedSessionWriter::session);
            run(connection, "make_database", batch.databases(), GuardedSessionWriter::databaseKey);
            run(connection, "fill_database", batch.databases(), GuardedSessionWriter::database);
            return 0;
        });
        if (!batch.agents().isEmpty()) {
            transactions.run(connection -> {
                look(connection, batch.agents());
                return 0;
            });
        }
    }

    @Override
    public Deleted deleteSome(Instant before) throws SqlFailure {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text.part("delete_ended_sessions"))) {
                statement.setQueryTimeout(timeoutSeconds);
                set(statement, 1, time(before));
                int deleted = statement.executeUpdate();
                return new Deleted(deleted, deleted == 0);
            }
        });
    }

    /** First what has a problem, so that what is left was looked at. */
    private void look(Connection connection, List<AgentSeen> agents) throws SQLException {
        List<Object[]> problems = agents.stream().flatMap(agent -> agent.problems().stream()
                .map(problem -> problem(agent, problem))).toList();
        run(connection, "mark_problem", problems, values -> values);
        run(connection, "look", agents.stream().filter(AgentSeen::hasLooked).toList(), GuardedSessionWriter::looked);
    }

    private <T> void run(Connection connection, String part, List<T> summaries, Function<T, Object[]> values)
            throws SQLException {
        if (summaries.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(text.part(part))) {
            statement.setQueryTimeout(timeoutSeconds);
            for (T summary : summaries) {
                Object[] row = values.apply(summary);
                for (int column = 0; column < row.length; column++) {
                    set(statement, column + 1, row[column]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static Object[] sessionKey(SyncSession session) {
        return new Object[]{session.sessionId(), session.sourceIp(), session.sessionId()};
    }

    private static Object[] session(SyncSession session) {
        WriteCounts written = session.written();
        return new Object[]{session.sourceIp(), time(session.startedAt()), time(session.accountedAt()),
                session.databases().found(), session.databases().read(), count(session.scan().processed()),
                count(session.enriched().fetched()), count(session.enriched().withoutContent()),
                count(written.inserted()), count(written.deadLettered()), count(written.flawed()),
                session.status().name(), ErrorSummary.of(session), time(session.scannedAt()), time(session.movedAt()),
                session.scan().published(), session.scan().rejectedNow(), written.updated(),
                written.unchanged() + written.stale() + written.superseded(),
                session.enriched().deadLettered() + written.deadLettered(), session.inFlight().records(),
                session.scan().read(), session.announced(), session.revision(), session.sessionId(),
                session.announced(), session.announced(), session.revision()};
    }

    private static Object[] databaseKey(ProcessedDatabase database) {
        return new Object[]{database.sourceIp(), database.dbPath(), time(database.lastModified()), processed(database),
                database.sourceIp(), database.dbPath()};
    }

    private static Object[] database(ProcessedDatabase database) {
        LocalDateTime started = time(database.startedAt());
        LocalDateTime processed = processed(database);
        return new Object[]{time(database.lastModified()), processed, processed, count(database.scan().read()),
                count(database.enriched().fetched()), count(database.enriched().withoutContent()),
                count(database.written().flawed()), seconds(database), database.nodeName(), database.sessionId(),
                database.status().name(), started, database.scan().published(), database.inFlight().records(),
                database.announced(), database.revision(), database.sourceIp(), database.dbPath(),
                database.announced(), database.announced(), started, started, database.revision()};
    }

    private static Object[] problem(AgentSeen agent, StandingProblem problem) {
        String text = problem.kind() + ": " + problem.reason();
        LocalDateTime passed = time(agent.passedAt());
        return new Object[]{text.substring(0, Math.min(text.length(), PROBLEM_LENGTH)), time(problem.since()), passed,
                agent.sourceIp(), problem.path(), passed};
    }

    private static Object[] looked(AgentSeen agent) {
        LocalDateTime passed = time(agent.passedAt());
        return new Object[]{passed, passed, passed, agent.sourceIp(), passed};
    }

    /** When everything of it was accounted for; until then, when it moved last. */
    private static Instant processedAt(ProcessedDatabase database) {
        return database.accountedAt() == null ? database.movedAt() : database.accountedAt();
    }

    private static LocalDateTime processed(ProcessedDatabase database) {
        return time(processedAt(database));
    }

    private static double seconds(ProcessedDatabase database) {
        return Math.max(0, Duration.between(database.startedAt(), processedAt(database)).toMillis() / MILLIS);
    }

    /** To the microsecond: the guard compares what it has stored with what it is given. */
    private static LocalDateTime time(Instant instant) {
        return instant == null
                ? null
                : LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    /** The Python tool's columns are INT; a count beyond that shows as the greatest that they hold. */
    private static int count(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private void set(PreparedStatement statement, int index, Object value) throws SQLException {
        boolean sqlite = dialect == Dialect.SQLITE;
        switch (value) {
            case null -> statement.setObject(index, null);
            case String string when !sqlite -> statement.setNString(index, string);
            case LocalDateTime time when sqlite -> statement.setString(index, SqlTimes.text(time));
            default -> statement.setObject(index, value);
        }
    }
}

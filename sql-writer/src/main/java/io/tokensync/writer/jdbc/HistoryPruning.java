package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.expiry.OldRows;

/**
 * Deletes versions in the history that newer ones have superseded before a time: the table as it was at any later time does not
 * need them. The newest row of a token, and a newer deletion of it, stay. A range of ids in each transaction: ids are in the
 * order of arrival, so that behind a range without anything old there is none either.
 */
final class HistoryPruning implements OldRows {
    private static final long IDS_AT_ONCE = 5_000;
    private static final Deleted END = new Deleted(0, true);

    private final GuardedTransactions transactions;
    private final Dialect dialect;
    private final int timeoutSeconds;
    private final SqlText text = SqlText.of("pruning.sql");
    /** The highest id that was looked at; 0 before the first. */
    private long place;

    HistoryPruning(GuardedTransactions transactions, Dialect dialect, int timeoutSeconds) {
        this.transactions = transactions;
        this.dialect = dialect;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** What was done, and the place behind it. */
    private record Step(long place, Deleted deleted) {}

    @Override
    public Deleted deleteSome(Instant before) throws SqlFailure {
        Step step = transactions.run(connection -> step(connection, time(before)));
        place = step.place();
        return step.deleted();
    }

    private Step step(Connection connection, Object before) throws SQLException {
        long first = ask(connection, "first", place);
        long last = first + IDS_AT_ONCE - 1;
        if (first == 0 || ask(connection, "old", first, last, before) == 0) {
            return new Step(0, END);
        }
        try (PreparedStatement delete = prepared(connection, "prune", first, last, before, before)) {
            return new Step(last, new Deleted(delete.executeUpdate(), false));
        }
    }

    private long ask(Connection connection, String part, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, part, values);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    private PreparedStatement prepared(Connection connection, String part, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.part(part));
        try {
            statement.setQueryTimeout(timeoutSeconds);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private Object time(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
        return dialect == Dialect.SQLITE ? SqlTimes.text(utc) : utc;
    }
}

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
import io.tokensync.writer.history.OldVersions;

/** Deletes superseded versions, a range of ids in each transaction: ids are in the order of arrival. */
final class HistoryPruning implements OldVersions {
    private static final long IDS_AT_ONCE = 5_000;

    private final GuardedTransactions transactions;
    private final Dialect dialect;
    private final int timeoutSeconds;
    private final SqlText text = SqlText.of("pruning.sql");

    HistoryPruning(Connections connections, Dialect dialect, SqlFailureClassifier classifier, int timeoutSeconds) {
        this.transactions = new GuardedTransactions(connections, classifier);
        this.dialect = dialect;
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public Step deleteSome(Instant before, long place) throws SqlFailure {
        Connection connection = transactions.connect();
        try {
            return transactions.commit(connection, () -> {
                long first = ask(connection, "first", place);
                long last = first + IDS_AT_ONCE - 1;
                // In the order of arrival: behind a range without anything old there is none either.
                if (first == 0 || ask(connection, "old", first, last, time(before)) == 0) {
                    return new Step(0, START);
                }
                Object time = time(before);
                try (PreparedStatement delete = prepared(connection, "prune", first, last, time, time)) {
                    return new Step(delete.executeUpdate(), last);
                }
            });
        } finally {
            transactions.giveBack(connection);
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

package io.tokensync.writer.verification.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlTimes;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.GuardedTransactions;
import io.tokensync.writer.jdbc.SqlText;

/** Runs the verifier's statements, each call in one transaction on the verifier's own connection. */
final class VerifierStatements {
    private final GuardedTransactions transactions;
    private final Dialect dialect;
    private final SqlText text;

    VerifierStatements(Database database) {
        this.transactions = database.transactions();
        this.dialect = database.dialect();
        this.text = SqlText.of("/io/tokensync/writer/verification/jdbc/verifications.sql",
                "/io/tokensync/writer/jdbc/" + dialect.directory() + "/dialect.sql");
    }

    /** What is done with a statement. */
    @FunctionalInterface
    interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Prepares this part, sets its parameters, and commits what is done with it. */
    <T> T run(String part, Work<T> work, Object... parameters) throws SqlFailure {
        return transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(dialect.translated(text.part(part)))) {
                for (int i = 0; i < parameters.length; i++) {
                    set(statement, i + 1, parameters[i]);
                }
                return work.run(statement);
            }
        });
    }

    private void set(PreparedStatement statement, int index, Object value) throws SQLException {
        boolean sqlite = dialect == Dialect.SQLITE;
        switch (value) {
            case String string when !sqlite -> statement.setNString(index, string);
            case Instant instant when sqlite -> statement.setString(index, SqlTimes.text(utc(instant)));
            case Instant instant -> statement.setObject(index, utc(instant));
            default -> statement.setObject(index, value);
        }
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}

package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much transaction log a batch costs, which is what Azure SQL limits: asked of the server now and then, where it
 * tells. That is tried out before a batch begins, because an error in its transaction would end it; where it does not
 * work, that is said once and never tried again. For one thread.
 */
final class LogBytes {
    /** Never asks: for databases that have no such thing. */
    static final LogBytes NONE = new LogBytes(null, () -> 0);

    private static final Logger log = LoggerFactory.getLogger(LogBytes.class);
    private static final Duration REST = Duration.ofSeconds(10);

    private final String question;
    private final LongSupplier nanos;
    private State state;
    private long askedAt;

    private enum State {
        NOT_TRIED,
        TOLD,
        NOT_TOLD
    }

    /** @param nanos time of any origin */
    LogBytes(String question, LongSupplier nanos) {
        this.question = question;
        this.nanos = nanos;
        this.state = question == null ? State.NOT_TOLD : State.NOT_TRIED;
    }

    /** Tries the question out, once; leaves no transaction open. */
    void tryOut(Connection connection) throws SQLException {
        if (state != State.NOT_TRIED) {
            return;
        }
        try {
            var _ = ask(connection);
            state = State.TOLD;
            askedAt = nanos.getAsLong() - REST.toNanos();
            connection.rollback();
        } catch (SQLException e) {
            // Fails when it is the connection that is lost; then the next one is asked.
            connection.rollback();
            giveUp(e);
        }
    }

    /** Bytes of log that the open transaction has used; empty when nobody tells, or somebody was asked just now. */
    OptionalLong used(Connection connection) throws SQLException {
        if (state != State.TOLD || nanos.getAsLong() - askedAt < REST.toNanos()) {
            return OptionalLong.empty();
        }
        askedAt = nanos.getAsLong();
        try {
            return ask(connection);
        } catch (SQLException e) {
            state = State.NOT_TRIED;
            // The transaction may have ended with the error: the batch is to be written again, whatever the error was.
            throw new SQLTransientConnectionException("the use of the log could not be asked for", e);
        }
    }

    private OptionalLong ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(question)) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    private void giveUp(SQLException failure) {
        state = State.NOT_TOLD;
        log.atInfo().setMessage("the server does not tell how much log a batch costs; it is not asked again")
                .addKeyValue("sql_number", failure.getErrorCode()).log();
    }
}

package io.tokensync.tds.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.tokensync.tds.faults.Checkpoints;
import io.tokensync.tds.faults.Event;
import io.tokensync.tds.faults.Recording;
import io.tokensync.tds.protocol.Answer;
import io.tokensync.tds.protocol.EnvChange;
import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.protocol.SqlErrorException;

/** The transaction of a session: explicit or implicit, counted as {@code @@TRANCOUNT} counts. */
final class Transactions {
    private static final AtomicLong DESCRIPTORS = new AtomicLong(0x1_0000_0001L);

    private final Connection connection;
    private final Checkpoints checkpoints;
    private final Recording recording;
    private final Set<String> savepoints = new HashSet<>();
    private boolean implicit;
    private int count;
    private long descriptor;

    Transactions(Connection connection, Checkpoints checkpoints, Recording recording) {
        this.connection = connection;
        this.checkpoints = checkpoints;
        this.recording = recording;
    }

    int count() {
        return count;
    }

    boolean open() {
        return count > 0;
    }

    /** SET IMPLICIT_TRANSACTIONS. */
    void implicit(boolean on) {
        implicit = on;
    }

    /** Before a statement that begins a transaction where they are implicit. */
    void beforeChange(Answer answer) throws SQLException, IOException {
        if (implicit && count == 0) {
            begin(answer);
        }
    }

    void begin(Answer answer) throws SQLException, IOException {
        if (count++ == 0) {
            connection.setAutoCommit(false);
            descriptor = DESCRIPTORS.incrementAndGet();
            answer.send(EnvChange.begin(descriptor));
        }
    }

    void commit(Answer answer) throws SQLException, IOException, SqlErrorException {
        if (count == 0) {
            throw new SqlErrorException(new SqlError(3902, 1, 16,
                    "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION."));
        }
        if (count == 1) {
            checkpoints.before(new Event.Committing());
            connection.commit();
            recording.count(Recording.Counted.COMMIT);
            ended();
            checkpoints.after(new Event.Committing());
            answer.send(EnvChange.commit(descriptor));
        } else {
            count--;
        }
    }

    /** ROLLBACK of everything, or to a savepoint where the name is one. */
    void rollback(Optional<String> name, Answer answer) throws SQLException, IOException, SqlErrorException {
        if (count == 0) {
            throw new SqlErrorException(new SqlError(3903, 1, 16,
                    "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION."));
        }
        if (name.isPresent() && savepoints.contains(key(name.get()))) {
            execute("ROLLBACK TO SAVEPOINT " + quoted(name.get()));
        } else {
            rollbackAll(answer);
        }
    }

    /** Rolls back whatever is open; what an error with XACT_ABORT, a deadlock and the end of a session do. */
    void rollbackAll(Answer answer) throws SQLException, IOException {
        if (count > 0) {
            discard();
            answer.send(EnvChange.rollback(descriptor));
        }
    }

    /** Rolls back without telling anybody. */
    void discard() throws SQLException {
        if (count > 0) {
            connection.rollback();
            recording.count(Recording.Counted.ROLLBACK);
            ended();
        }
    }

    void save(String name, Answer answer) throws SQLException, IOException {
        beforeChange(answer);
        execute("SAVEPOINT " + quoted(name));
        savepoints.add(key(name));
    }

    private void ended() throws SQLException {
        count = 0;
        savepoints.clear();
        connection.setAutoCommit(true);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + key(name).replace("\"", "\"\"") + '"';
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

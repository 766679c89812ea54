package io.tokensync.scanner.state.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import io.tokensync.scanner.state.CorruptStateException;
import io.tokensync.scanner.state.StateUnavailableException;

/** The connection to the state file, its statements prepared once, its failures as the state's own. */
final class StateDatabase implements AutoCloseable {
    private static final int PRIMARY = 0xff;

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean failed;

    StateDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Something done with SQL. */
    @FunctionalInterface
    interface SqlOperation {
        void run() throws SQLException;
    }

    /** A row of a result as a value. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Looks at a row of a result. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether it wants to see the next one too. */
        boolean visit(ResultSet row) throws SQLException;
    }

    /** The state file. */
    Path file() {
        return file;
    }

    /** Runs the work in one transaction: in that which is open, else in one of its own. */
    void transaction(SqlOperation work) {
        guard(() -> {
            if (!connection.getAutoCommit()) {
                work.run();
                return;
            }
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
            } catch (Throwable e) { // errors of the JVM too: turning auto-commit on would commit half of the work
                undo(connection::rollback, e);
                undo(() -> connection.setAutoCommit(true), e);
                throw e;
            }
            connection.setAutoCommit(true);
        });
    }

    <T> List<T> query(Mapper<T> mapper, String sql, Object... arguments) {
        List<T> values = new ArrayList<>();
        each(row -> values.add(mapper.map(row)), sql, arguments);
        return values;
    }

    /** Shows the rows of the result one by one, until there are no more or the visitor has seen enough. */
    void each(Visitor visitor, String sql, Object... arguments) {
        guard(() -> {
            try (ResultSet rows = bind(sql, arguments).executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    more = visitor.visit(rows);
                }
            }
        });
    }

    void update(String sql, Object... arguments) {
        guard(() -> bind(sql, arguments).executeUpdate());
    }

    /** Runs the statement once for each element; in a transaction, where it costs half of as many updates. */
    <T> void updates(String sql, List<T> elements, Function<T, Object[]> arguments) {
        if (elements.isEmpty()) {
            return;
        }
        guard(() -> {
            PreparedStatement statement = statement(sql);
            try {
                for (T element : elements) {
                    bind(statement, arguments.apply(element));
                    statement.addBatch();
                }
                statement.executeBatch();
            } finally {
                statement.clearBatch();
            }
        });
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // Every transaction has been committed or has failed; there is nothing left to lose.
        }
    }

    private void guard(SqlOperation work) {
        try {
            work.run();
        } catch (SQLException e) {
            failed = true;
            throw failure(file, e);
        }
    }

    /**
     * Whether anything has ever failed. The driver's statements may then be in the middle of what they did, on a disk that has
     * room again too: who goes on needs a new connection.
     */
    boolean hasFailed() {
        return failed;
    }

    /** Without hiding the cause: on a full disk SQLite has rolled back by itself, and a second time is an error. */
    private static void undo(SqlOperation work, Throwable cause) {
        try {
            work.run();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private PreparedStatement bind(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = statement(sql);
        bind(statement, arguments);
        return statement;
    }

    private static void bind(PreparedStatement statement, Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** The failure by result code: a damaged file is not believed any more, anything else may pass. */
    static RuntimeException failure(Path file, SQLException e) {
        int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
        return switch (SQLiteErrorCode.getErrorCode(code & PRIMARY)) {
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_FORMAT ->
                new CorruptStateException(
                        "the agent's state " + file + " is damaged: " + e.getMessage(), e);
            case SQLITE_FULL -> new StateUnavailableException(
                    "no space for the agent's state " + file + ": free some on its file system", e);
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM ->
                new StateUnavailableException("the agent's state " + file
                        + " cannot be opened and written: run this as the agent's user, who needs the right to write into"
                        + " its directory", e);
            default -> new StateUnavailableException("the agent's state " + file + " failed: " + e.getMessage(), e);
        };
    }
}

package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import io.tokensync.writer.batch.SqlFailure;

/**
 * Transactions on the connection of one thread, with what their failures mean. A connection on which one failed is not used
 * again.
 */
public final class GuardedTransactions {
    private final Connections connections;
    private final SqlFailureClassifier classifier;

    GuardedTransactions(Connections connections, SqlFailureClassifier classifier) {
        this.connections = connections;
        this.classifier = classifier;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Statements<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs the statements in a transaction of their own, and commits.
     *
     * @throws SqlFailure when the database fails; nothing is done then, unless the failure says that nobody knows
     */
    public <T> T run(Statements<T> statements) throws SqlFailure {
        Connection connection = connect();
        try {
            return commit(connection, statements);
        } finally {
            connections.giveBack(connection);
        }
    }

    private Connection connect() throws SqlFailure {
        try {
            return connections.take();
        } catch (SQLException | RuntimeException e) {
            throw classifier.atConnect(e);
        }
    }

    private <T> T commit(Connection connection, Statements<T> statements) throws SqlFailure {
        T result;
        try {
            result = statements.run(connection);
        } catch (SQLException | RuntimeException e) {
            throw undo(connection, classifier.beforeCommit(e));
        }
        try {
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            throw undo(connection, classifier.atCommit(e));
        }
    }

    private SqlFailure undo(Connection connection, SqlFailure failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        connections.discard(connection);
        return failure;
    }
}

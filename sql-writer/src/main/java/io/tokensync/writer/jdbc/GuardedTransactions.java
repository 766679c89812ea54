package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import io.tokensync.writer.batch.SqlFailure;

/** Statements in a transaction, with what its failures mean. A connection on which one failed is not used again. */
final class GuardedTransactions {
    private final Connections connections;
    private final SqlFailureClassifier classifier;

    GuardedTransactions(Connections connections, SqlFailureClassifier classifier) {
        this.connections = connections;
        this.classifier = classifier;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Statements<T> {
        T run() throws SQLException;
    }

    /** A connection, to be given back. */
    Connection connect() throws SqlFailure {
        try {
            return connections.take();
        } catch (SQLException | RuntimeException e) {
            throw classifier.atConnect(e);
        }
    }

    void giveBack(Connection connection) {
        connections.giveBack(connection);
    }

    /** Runs the statements and commits. */
    <T> T commit(Connection connection, Statements<T> statements) throws SqlFailure {
        T result;
        try {
            result = statements.run();
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

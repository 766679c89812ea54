package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.ReceiptKey;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.batch.TokenBatch;
import io.tokensync.writer.batch.WriteOutcome;
import io.tokensync.writer.jdbc.WriteListener.Phase;

/**
 * Writes a batch in one transaction: stage it, compare it with the table, merge what is newer, write the history, commit. A replay of what is
 * written already costs reads only. A connection that failed is not used again, unless the failure was
 * about the rows or a lock.
 */
final class StagedBatchWriter implements BatchWriter {
    private final Connections connections;
    private final StagingTable stage;
    private final SqlFailureClassifier classifier;
    private final WriteListener listener;
    private final LogBytes logBytes;
    private final boolean history;

    /** @param history whether versions are written into the history, as the stage knows too */
    StagedBatchWriter(Connections connections, StagingTable stage, SqlFailureClassifier classifier,
            WriteListener listener, LogBytes logBytes, boolean history) {
        this.connections = connections;
        this.stage = stage;
        this.classifier = classifier;
        this.listener = listener;
        this.logBytes = logBytes;
        this.history = history;
    }

    @Override
    public WriteOutcome write(TokenBatch batch) throws SqlFailure {
        if (batch.isEmpty()) {
            return WriteOutcome.NOTHING;
        }
        StagedReceiptKeys origins = StagedReceiptKeys.of(batch, history);
        Connection connection = connect();
        try {
            return WriteOutcome.written(write(connection, origins));
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

    private Map<ReceiptKey, BatchCounts> write(Connection connection, StagedReceiptKeys origins) throws SqlFailure {
        PhaseTimes times = new PhaseTimes();
        try {
            return write(connection, origins, times);
        } finally {
            times.tell(listener);
        }
    }

    private Map<ReceiptKey, BatchCounts> write(Connection connection, StagedReceiptKeys origins, PhaseTimes times)
            throws SqlFailure {
        Map<ReceiptKey, BatchCounts> counts;
        try {
            logBytes.tryOut(connection);
            counts = origins.counts(stage.write(connection, origins.batch(), times));
            long written = counts.values().stream().mapToLong(BatchCounts::written).sum();
            logBytes.used(connection).ifPresent(bytes -> listener.logged(bytes, written));
        } catch (SQLException | RuntimeException e) {
            throw withColumn(connection, origins, undo(connection, classifier.beforeCommit(e)));
        }
        try {
            times.timed(Phase.COMMIT, () -> {
                connection.commit();
                return null;
            });
        } catch (SQLException | RuntimeException e) {
            throw undo(connection, classifier.atCommit(e));
        }
        return counts;
    }

    /** The row is alone only when it has been found to be the culprit. */
    private static SqlFailure withColumn(Connection connection, StagedReceiptKeys origins, SqlFailure failure) {
        boolean unknown = failure.kind() == FailureKind.POISON && failure.column().isEmpty()
                && origins.rows().size() == 1;
        return unknown
                ? ColumnAtFault.compared(connection, origins.rows().getFirst()).map(failure::of).orElse(failure)
                : failure;
    }

    private SqlFailure undo(Connection connection, SqlFailure failure) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
        switch (failure.kind()) {
            case POISON, CONFLICT -> {
            }
            case TRANSIENT, THROTTLED, OVERSIZED, ENVIRONMENT, UNKNOWN_OUTCOME, FATAL ->
                connections.discard(connection);
        }
        return failure;
    }
}

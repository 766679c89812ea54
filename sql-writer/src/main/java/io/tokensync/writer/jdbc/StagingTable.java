package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.tokensync.writer.batch.BatchCounts;

/** The way a dialect writes a batch. For one thread: it remembers what the last rows were to the table. */
interface StagingTable {
    /**
     * Applies the convergence invariant to the rows of the batch within the connection's transaction, and writes the versions that
     * the history does not have.
     *
     * @param times hears how long the parts took
     * @return what became of the rows of each origin, by its number
     */
    List<BatchCounts> write(Connection connection, StagedBatch batch, PhaseTimes times) throws SQLException;
}

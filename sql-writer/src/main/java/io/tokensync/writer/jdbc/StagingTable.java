package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.tokensync.writer.batch.BatchCounts;

/** The way a dialect writes a batch. For one thread: it remembers what the last rows were to the table. */
interface StagingTable {
    /**
     * Applies the convergence invariant to these rows within the connection's transaction.
     *
     * @param rows each identity once, in the order of their keys and numbers
     * @param times hears how long the parts took
     * @return what became of the rows of each origin, by its number
     */
    List<BatchCounts> write(Connection connection, List<StagedRow> rows, PhaseTimes times) throws SQLException;
}

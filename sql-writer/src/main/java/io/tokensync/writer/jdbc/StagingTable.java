package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The way a dialect takes a batch in. */
interface StagingTable {
    /** Hands the rows to the connection; what the connection held of an earlier batch is gone. */
    StagedBatch load(Connection connection, List<StagedRow> rows) throws SQLException;
}

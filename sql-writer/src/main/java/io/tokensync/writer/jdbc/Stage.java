package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.tokensync.common.model.TokenState;

/** The way a dialect takes a batch in. */
interface Stage {
    /** Hands the states to the connection; what the connection held of an earlier batch is gone. */
    StagedBatch load(Connection connection, List<TokenState> states) throws SQLException;
}

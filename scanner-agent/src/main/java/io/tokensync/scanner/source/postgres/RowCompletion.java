package io.tokensync.scanner.source.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.tokensync.scanner.source.RawRow;

/** What is read of other tables for the rows of a page, in the same snapshot. */
@FunctionalInterface
interface RowCompletion {
    /** Nothing is. */
    RowCompletion NONE = (_, _) -> {};

    /** Replaces the rows by complete ones. */
    void complete(Connection connection, List<RawRow> rows) throws SQLException;
}

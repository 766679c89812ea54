package io.tokensync.monitor.table.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.tokensync.common.jdbc.Dialect;

/** One connection, for as long as some questions last. */
interface Reader {
    Dialect dialect();

    /** All rows of a statement that is written as SQL Server has it. */
    List<Map<String, Object>> rows(String sql, List<Object> values) throws SQLException;
}

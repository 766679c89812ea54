package io.tokensync.writer.jdbc;

import java.sql.SQLException;

import io.tokensync.common.jdbc.SqlSettings;

class SqliteBatchWriterTest extends BatchWriterContract {
    @Override
    SqlSettings settings() {
        return SqliteDatabases.fresh();
    }

    @Override
    int runs() {
        return 60;
    }

    /** SQLite has no lengths, and names a column where it is the column that must not be NULL. */
    @Override
    void narrowSessionId(Table of) throws SQLException {
        of.run("CREATE TRIGGER dbo.narrow BEFORE INSERT ON TokenRecords WHEN length(NEW.session_id) > 5"
                + " BEGIN SELECT RAISE(ABORT, 'too long: TokenRecords.session_id'); END");
    }
}

package io.tokensync.writer.jdbc;

import io.tokensync.common.jdbc.SqlSettings;

class SqliteHistoryTest extends HistoryContract {
    @Override
    SqlSettings settings() {
        return SqliteDatabases.fresh();
    }

    @Override
    int runs() {
        return 60;
    }
}

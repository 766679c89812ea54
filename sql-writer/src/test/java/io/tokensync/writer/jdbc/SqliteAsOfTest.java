package io.tokensync.writer.jdbc;

import io.tokensync.common.jdbc.SqlSettings;

class SqliteAsOfTest extends AsOfContract {
    @Override
    SqlSettings settings() {
        return SqliteDatabases.fresh();
    }

    @Override
    int runs() {
        return 40;
    }
}

package io.tokensync.writer.verification.jdbc;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.SqliteDatabases;

class SqliteVerifierDatabaseTest extends VerifierDatabaseContract {
    @Override
    SqlSettings settings() {
        return SqliteDatabases.fresh();
    }

    @Override
    int runs() {
        return 60;
    }
}

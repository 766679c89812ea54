package io.tokensync.writer.schema;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.SqliteDatabases;

class VersionResetTest extends VersionResetContract {
    @Override
    SqlSettings settings() {
        return SqliteDatabases.fresh();
    }
}

package io.tokensync.writer.schema;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.jdbc.SqliteDatabases;

class SqlGuideTest extends SqlGuideContract {
    @Override
    SqlSettings settings() {
        return SqliteDatabases.fresh();
    }
}

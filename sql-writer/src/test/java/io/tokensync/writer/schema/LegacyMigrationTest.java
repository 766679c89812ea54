package io.tokensync.writer.schema;

import java.util.UUID;

import io.tokensync.common.jdbc.SqlSettings;

class LegacyMigrationTest extends LegacyMigrationContract {
    @Override
    SqlSettings settings() {
        return SqlSettings.of("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    }
}

package io.tokensync.cli.jdbc;

import java.util.UUID;

import io.tokensync.common.jdbc.SqlSettings;

class CutOverAuditTest extends CutOverAuditContract {
    @Override
    SqlSettings settings() {
        return SqlSettings.of("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1");
    }
}

package io.tokensync.cli.jdbc;

import java.util.UUID;

import io.tokensync.common.jdbc.SqlSettings;

/** Hostile content in the embedded database. */
class HostileContentIT extends HostileContentContract {
    private final String name = UUID.randomUUID().toString();

    @Override
    SqlSettings settings() {
        return SqlSettings.of("jdbc:h2:mem:" + name
                + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1");
    }
}

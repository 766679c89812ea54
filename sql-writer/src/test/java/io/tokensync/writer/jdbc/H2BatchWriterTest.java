package io.tokensync.writer.jdbc;

import java.util.UUID;

import io.tokensync.common.jdbc.SqlSettings;

class H2BatchWriterTest extends BatchWriterContract {
    @Override
    SqlSettings settings() {
        return memory();
    }

    @Override
    int runs() {
        return 60;
    }

    /** A database in memory that nobody else has; gone with its last connection. */
    static SqlSettings memory() {
        return SqlSettings.of("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    }
}

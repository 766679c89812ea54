package io.tokensync.cli.local;

import java.nio.file.Path;
import java.util.Optional;

import io.tokensync.common.jdbc.SqlSettings;

/**
 * Addresses of the embedded H2 database in SQL Server mode. Its automatic mixed mode lets {@code query} read on while
 * {@code local} writes: the writing process serves the reading one on the loopback interface.
 */
public final class EmbeddedDatabase {
    private static final String COMMON = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;AUTO_SERVER=TRUE;TIME ZONE=UTC";

    /** Owner of the tables; the embedded database asks for no password. */
    static final String OWNER = "sa";

    private EmbeddedDatabase() {}

    /** The writer's address. */
    public static String url(Path file) {
        // WRITE_DELAY: a committed batch is in the file before its offsets are committed, and survives a kill;
        // CACHE_SIZE is in KiB
        return "jdbc:h2:file:" + file + COMMON + ";WRITE_DELAY=0;CACHE_SIZE=65536";
    }

    /** The writer's way in, for whoever reads what it has written. */
    public static SqlSettings settings(Path file) {
        return SqlSettings.of(url(file), Optional.of(OWNER), Optional.empty());
    }

    /** The address for a user that may only SELECT. */
    public static String readOnlyUrl(Path file) {
        return "jdbc:h2:file:" + file + COMMON + ";IFEXISTS=TRUE;USER=reader;PASSWORD=;SCHEMA=dbo";
    }
}

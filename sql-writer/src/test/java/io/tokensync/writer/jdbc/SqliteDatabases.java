package io.tokensync.writer.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.tokensync.common.jdbc.SqlSettings;

/** Files of SQLite for tests. */
public final class SqliteDatabases {
    private SqliteDatabases() {}

    /** An empty database that nobody else has, removed at the end of the process. */
    public static SqlSettings fresh() {
        try {
            Path directory = Files.createTempDirectory("tokensync-sqlite");
            directory.toFile().deleteOnExit();
            Path file = directory.resolve("tokens.db");
            List.of("", "-wal", "-shm").forEach(end -> Path.of(file + end).toFile().deleteOnExit());
            return SqlSettings.of("jdbc:sqlite:" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.tokensync.cli.jdbc;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.jdbc.SqlSettings;

class ReportTablesTest extends ReportTablesContract {
    @TempDir
    private Path directory;

    @Override
    SqlSettings settings() {
        return SqlSettings.of("jdbc:sqlite:" + directory.resolve("tokens.db"));
    }
}

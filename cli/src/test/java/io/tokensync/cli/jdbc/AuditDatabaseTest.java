package io.tokensync.cli.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.jdbc.SqliteFile;

class AuditDatabaseTest extends AuditAnswersContract {
    @TempDir
    private Path directory;

    @Override
    SqlSettings settings() {
        return SqlSettings.of("jdbc:sqlite:" + directory.resolve("tokens.db"));
    }

    @Override
    void makeEndless() throws Exception {
        run("DROP VIEW dbo.vw_FreeOnSeveralNodes");
        try (Connection file = SqliteFile.of(settings()).itself(); Statement statement = file.createStatement()) {
            statement.execute(
                    "CREATE VIEW vw_FreeOnSeveralNodes AS WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
                            + " SELECT n AS token_id, n AS kind_name, n AS free_on_nodes, n AS source_ip, n AS node_name, n AS did,"
                            + " n AS token_value, n AS updated_at, n AS synced_at FROM x");
        }
    }
}

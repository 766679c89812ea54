package io.tokensync.writer.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.jdbc.SqliteFile;
import io.tokensync.common.model.TokenKind;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqliteDatabases;
import io.tokensync.writer.jdbc.Table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SchemaTest {
    private static final int SCRIPTS = (int) Schema.print(Dialect.SQLITE).lines().filter(line -> line.endsWith(".sql"))
            .count();
    private static final int VIEWS = (int) Schema.print(Dialect.SQLITE).lines()
            .filter(line -> line.startsWith("-- R__")).count();
    private final SqlSettings settings = SqliteDatabases.fresh();
    private final Database database = Database.open(settings, 1);
    private final Schema schema = new Schema(database);
    private final Table table = new Table(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theSchemaIsMadeFromNothingAndASecondTimeThereIsNothingToDo() throws Exception {
        assertThat(schema.migrate()).isEqualTo(SCRIPTS);
        assertThat(schema.missing()).isEmpty();
        assertThat(schema.migrate()).isZero();
    }

    /** Two operators, and a writer that looks every now and then: none of them fails because of another. */
    @RepeatedTest(4)
    void migrationsAtTheSameTimeWaitForOneAnother() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<List<String>>> looking = Stream.generate(() -> threads.submit(() -> {
                List<String> missing = schema.missing();
                while (!done.get()) {
                    missing = schema.missing();
                }
                return missing;
            })).limit(3).toList();
            List<Future<Integer>> migrating = Stream
                    .generate(() -> threads.submit(() -> schema.migrate())).limit(3).toList();
            try {
                for (Future<Integer> migration : migrating) {
                    migration.get();
                }
            } finally {
                done.set(true);
            }
            for (Future<List<String>> look : looking) {
                look.get();
            }
        }
        assertThat(schema.missing()).isEmpty();
        assertThat(schema.migrate()).isZero();
    }

    /** As a release does that changes views: on a database in which they, and those that read them, are there already. */
    @Test
    void viewsThatHaveChangedAreMadeAgainAndThoseOverThemFollow() throws Exception {
        schema.migrate();
        table.run("DROP VIEW dbo.vw_Tokens",
                "CREATE VIEW dbo.vw_Tokens AS SELECT source_ip, node_name, token_id, did, token_value,"
                        + " 'free' AS status_name, 'old' AS kind_name, updated_at, synced_at, 0 AS is_deleted, ipfs_fetched,"
                        + " ipfs_error, ipfs_source, ipfs_path, db_path FROM TokenRecords",
                "INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, token_kind)"
                        + " VALUES ('i', 'n', 'x', 'ft')",
                "UPDATE dbo.tokensync_schema_history SET checksum = 1 WHERE version IS NULL");
        assertThat(table.query("SELECT kind_name FROM dbo.vw_TokenHolders")).containsExactly("old");
        assertThat(schema.plan()).hasSize(VIEWS).contains("run R__1_vw_Tokens.sql");
        assertThat(schema.migrate()).isEqualTo(VIEWS);
        assertThat(table.query("SELECT kind_name FROM dbo.vw_TokenHolders")).containsExactly("fungible token");
        assertThat(table.query("SELECT token_kind FROM dbo.vw_Tokens")).containsExactly("ft");
        assertThat(schema.plan()).isEmpty();
    }

    @Test
    void whatIsPrintedIsWhatIsRun() throws Exception {
        schema.migrate();
        assertThat(Schema.print(Dialect.SQLITE).lines().filter(line -> line.endsWith(".sql"))).isEqualTo(
                table.query("SELECT '-- ' || script FROM dbo.tokensync_schema_history"
                        + " WHERE checksum IS NOT NULL ORDER BY installed_rank"));
        String definitions = "SELECT sql FROM dbo.sqlite_schema WHERE type = 'view' ORDER BY name";
        List<Object> run = table.query(definitions);
        SqlSettings other = SqliteDatabases.fresh();
        try (Connection connection = SqliteFile.of(other).itself();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(Schema.print(Dialect.SQLITE));
        }
        try (Database second = Database.open(other, 1)) {
            assertThat(new Table(second.dataSource()).query(definitions)).isEqualTo(run).hasSize(11);
            assertThat(new Schema(second).missing()).isEmpty();
        }
    }

    @Test
    void anEmptyDatabaseLacksEverythingAndSaysWhatToDo() throws Exception {
        assertThat(schema.missing()).hasSize(16).allMatch(text -> text.contains("tokensync schema migrate"))
                .anyMatch(text -> text.contains("dbo.TokenRecords is missing"));
    }

    @Test
    void missingColumnsAndTheMissingIndexAreNamed() throws Exception {
        schema.migrate();
        dropViews();
        table.run("DROP INDEX dbo.IX_TokenRecords_identity_of_whole", "DROP INDEX dbo.IX_TokenRecords_kind_status",
                "ALTER TABLE dbo.TokenRecords DROP COLUMN ipfs_source",
                "ALTER TABLE dbo.TokenRecords DROP COLUMN token_kind");
        assertThat(schema.missing()).contains(
                "dbo.TokenRecords lacks token_kind, ipfs_source; run: tokensync schema migrate",
                "dbo.vw_Tokens is missing; run: tokensync schema migrate",
                "dbo.vw_StaleNodes is missing; run: tokensync schema migrate");
    }

    @Test
    void withoutTheUniqueIndexTheWriterDoesNotWrite() throws Exception {
        schema.migrate();
        table.run("DROP INDEX dbo.UX_TokenRecords_identity");
        assertThat(schema.missing()).singleElement().asString().contains("no unique index");
    }

    @Test
    void namesInSeveralUniqueIndexesAreNoIdentity() throws Exception {
        schema.migrate();
        table.run("DROP INDEX dbo.UX_TokenRecords_identity",
                "CREATE UNIQUE INDEX dbo.UX_one ON TokenRecords (source_ip, node_name, token_id, did)",
                "CREATE UNIQUE INDEX dbo.UX_two ON TokenRecords (source_ip, node_name, db_path)");
        assertThat(schema.missing()).singleElement().asString().contains("no unique index on exactly");
        table.run("DROP INDEX dbo.UX_one", "DROP INDEX dbo.UX_two",
                "CREATE UNIQUE INDEX dbo.UX_one ON TokenRecords (source_ip, node_name)",
                "CREATE UNIQUE INDEX dbo.UX_two ON TokenRecords (token_id)");
        assertThat(schema.missing()).singleElement().asString().contains("no unique index on exactly");
        table.run("CREATE UNIQUE INDEX dbo.UX_any ON TokenRecords (token_id, node_name, source_ip)");
        assertThat(schema.missing()).isEmpty();
    }

    /** To a login of few rights, SQL Server's catalog shows only what it may use. */
    @Test
    void theWriterNeedsNoTableButItsOwn() throws Exception {
        schema.migrate();
        dropViews();
        table.run("DROP TABLE dbo.SyncSessions", "DROP TABLE dbo.ProcessedDatabases");
        assertThat(schema.missingForWriter(true)).isEmpty();
        assertThat(schema.missing()).hasSize(13);
        table.run("DROP INDEX dbo.UX_TokenRecords_identity");
        assertThat(schema.missingForWriter(true)).singleElement().asString().contains("no unique index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProcessedDatabases", "SyncSessions"})
    void theOtherTablesOfOtherMakingAreLeftAsTheyAreToo(String name) throws Exception {
        table.run("CREATE TABLE dbo." + name + " (id INT)");
        SqlFailure failure = catchThrowableOfType(SqlFailure.class, schema::migrate);
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure).hasMessageContaining("dbo." + name).hasMessageContaining("ALTER TABLE " + name)
                .hasMessageNotContaining("dbo.TokenRecords");
    }

    @Test
    void allTablesOfOtherMakingAreNamedAtOnce() throws Exception {
        table.run("CREATE TABLE dbo.TokenRecords (id INT)",
                "CREATE TABLE dbo.ProcessedDatabases (id INT)", "CREATE TABLE dbo.SyncSessions (id INT)");
        assertThatThrownBy(schema::migrate).isInstanceOf(SqlFailure.class)
                .hasMessageContaining("dbo.TokenRecords, dbo.ProcessedDatabases, dbo.SyncSessions;");
    }

    @Test
    void whereTheHistoryIsNotSeenTheTablesAreNotTakenForForeign() throws Exception {
        schema.migrate();
        table.run("ALTER TABLE dbo.tokensync_schema_history RENAME TO unseen");
        SqlFailure failure = catchThrowableOfType(SqlFailure.class, schema::migrate);
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure).hasMessageContaining("does not see dbo.tokensync_schema_history")
                .hasMessageNotContaining("RENAME");
    }

    @Test
    void aTableOfOtherMakingIsLeftAsItIs() throws Exception {
        table.run("CREATE TABLE dbo.TokenRecords (id INT)",
                "INSERT INTO dbo.TokenRecords VALUES (7)");
        SqlFailure failure = catchThrowableOfType(SqlFailure.class, schema::migrate);
        assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
        assertThat(failure).hasMessageContaining("not made by this program");
        assertThat(table.query("SELECT id FROM dbo.TokenRecords")).containsExactly(7);
    }

    @Test
    void tablesOfOtherProgramsDoNotDisturb() throws Exception {
        table.run("CREATE TABLE dbo.Elsewhere (id INT)");
        assertThat(schema.migrate()).isEqualTo(SCRIPTS);
        assertThat(schema.missing()).isEmpty();
    }

    @Test
    void theViewNamesStatusesAsTheRowDoesAndEveryKind() throws Exception {
        schema.migrate();
        table.run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, token_status, status_name,"
                + " node_generation) VALUES ('i', 'n', 'a', '2', 'generated', 'v1'),"
                + " ('i', 'n', 'b', '2', 'pledged', 'sqlite'), ('i', 'n', 'c', '77', NULL, 'v1')");
        assertThat(table.query("SELECT node_generation || ' ' || token_status || ' ' || status_name FROM dbo.vw_Tokens"
                + " ORDER BY token_id")).containsExactly("v1 2 generated", "sqlite 2 pledged", "v1 77 unknown");
        for (TokenKind kind : TokenKind.values()) {
            table.run("UPDATE dbo.TokenRecords SET token_kind = '" + kind.code() + "'");
            assertThat(table.query("SELECT DISTINCT kind_name FROM dbo.vw_Tokens").getFirst()).isNotEqualTo("unknown");
        }
    }

    @Test
    void theTableIsEmptiedAndStays() throws Exception {
        schema.migrate();
        table.run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id) VALUES ('i', 'n', 'x')");
        assertThat(schema.rows()).isOne();
        schema.clear();
        assertThat(schema.rows()).isZero();
        assertThat(schema.missing()).isEmpty();
    }

    @Test
    void whoeverOnlyReadsChangesNothing() throws Exception {
        schema.migrate();
        try (Connection reader = SqlConnections.openToRead(settings); Statement statement = reader.createStatement()) {
            assertThat(statement.executeQuery("SELECT COUNT(*) FROM [dbo].[vw_Tokens]").next()).isTrue();
            assertThat(statement.executeQuery("SELECT COUNT(*) FROM vw_Tokens").next()).isTrue();
            for (String sql : new String[]{"DELETE FROM dbo.TokenRecords", "CREATE TABLE dbo.x (i INT)",
                    "DROP TABLE dbo.TokenRecords", "UPDATE dbo.TokenRecords SET did = 'x'", "CREATE TABLE x (i INT)",
                    "ATTACH '" + SqliteFile.of(settings).path() + ".other' AS other"}) {
                assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void aReaderMakesNoFile() {
        assertThatThrownBy(() -> SqlConnections.openToRead(settings)).isInstanceOf(SQLException.class);
        assertThat(SqliteFile.of(settings).path()).doesNotExist();
    }

    /** Views that a program of others reads: without dbo, and without a function that an earlier SQLite has not. */
    @Test
    void theFileItselfHasTheSameTablesAndViews() throws Exception {
        schema.migrate();
        table.run("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id) VALUES ('i', 'n', 'x')");
        try (Connection plain = DriverManager.getConnection(settings.url());
                Statement statement = plain.createStatement()) {
            for (Object view : table.query("SELECT name FROM dbo.sqlite_schema WHERE type = 'view'")) {
                assertThat(statement.executeQuery("SELECT * FROM " + view).getMetaData().getColumnCount()).isPositive();
            }
        }
        assertThat(table.query("SELECT sql FROM dbo.sqlite_schema WHERE sql LIKE '%dbo%' OR sql LIKE '%->%'"
                + " OR sql LIKE '%concat(%' OR sql LIKE '%unixepoch%' OR sql LIKE '%iif(%'")).isEmpty();
    }

    @Test
    void bothDialectsHaveTheSameColumns() {
        assertThat(Schema.print(Dialect.SQLITE)).contains("CREATE TABLE TokenRecords");
        assertThat(columns(Schema.print(Dialect.SQLITE))).isEqualTo(columns(Schema.print(Dialect.SQL_SERVER)));
    }

    private void dropViews() throws SQLException {
        for (Object view : table.query("SELECT name FROM dbo.sqlite_schema WHERE type = 'view'")) {
            table.run("DROP VIEW dbo." + view);
        }
    }

    private static List<String> columns(String script) {
        return script.lines().filter(line -> line.matches(
                "    \\w+ +(N?VARCHAR|CHAR|BIGINT|INT|BIT|FLOAT|DATETIME2|UNIQUE|AS CAST|TEXT|INTEGER|REAL).*"))
                .map(line -> line.strip().replaceAll("\\s.*", "")).toList();
    }
}

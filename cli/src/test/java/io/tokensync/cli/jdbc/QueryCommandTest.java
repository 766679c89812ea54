package io.tokensync.cli.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.cli.Main;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;

class QueryCommandTest {
    @TempDir
    Path data;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void database() throws Exception {
        try (Database database = open()) {
            new Schema(database).migrate();
            insert(database, "Qm1", "'0'");
            insert(database, "Qm2", "NULL");
        }
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void aTableIsAlignedAndCounted() {
        assertThat(query("table")).isEqualTo(ExitCode.DONE);
        assertThat(text(printed)).isEqualToIgnoringNewLines("""
                token_id  token_status
                --------  ------------
                Qm1       0
                Qm2       NULL
                (2 rows)
                """);
    }

    @Test
    void theTableIsAskedAsItWas() throws Exception {
        try (Database database = open()) {
            remember(database, 1, "'alice', NULL", "2026-10-01 08:00:00.0000000");
            remember(database, 2, "'bob', NULL", "2026-11-01 08:00:00.0000000");
            remember(database, 3, "NULL, '2026-11-05 00:00:00.0000000'", "2026-11-05 08:00:00.0000000");
        }
        String query = "SELECT did, is_deleted FROM TokensAsOf";
        assertThat(asOf("2026-11-01T07:59Z", query)).isEqualTo("did,is_deleted\r\nalice,0\r\n");
        assertThat(asOf("2026-11-01T08:00Z", query)).isEqualTo("did,is_deleted\r\nbob,0\r\n");
        assertThat(asOf("2026-11-06", query)).isEqualTo("did,is_deleted\r\nbob,1\r\n");
        assertThat(asOf("2026-09-30", query)).isEqualTo("did,is_deleted\r\n");
    }

    @Test
    void aTimeThatIsNoneIsSaidToBeNone() {
        assertThat(Main.run("query", "--data", data.toString(), "--as-of", "yesterday", "SELECT 1 FROM TokensAsOf"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(text(complained)).contains("--as-of yesterday is none of").contains("2026-11-21T10:00Z");
    }

    private String asOf(String time, String sql) {
        printed.reset();
        assertThat(Main.run("query", "--data", data.toString(), "--format", "csv", "--as-of", time, sql)).isZero();
        return text(printed);
    }

    private static void remember(Database database, int version, String values, String observed) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO dbo.TokenHistory (source_ip, node_name, token_id, row_hash, record_version, did,"
                            + " deleted_at, observed_at) VALUES ('a', 'n', 'Qm1', 7, " + version + ", " + values + ", '"
                            + observed
                            + "')");
            connection.commit();
        }
    }

    @Test
    void csvTellsNullFromText() {
        assertThat(query("csv")).isEqualTo(ExitCode.DONE);
        assertThat(text(printed)).isEqualTo("token_id,token_status\r\nQm1,0\r\nQm2,\r\n");
    }

    @Test
    void jsonKeepsTypes() {
        assertThat(run(
                "SELECT token_id, record_version, ipfs_fetched, token_status FROM TokenRecords WHERE token_id = 'Qm2'",
                "json")).isEqualTo(ExitCode.DONE);
        assertThat(text(printed)).containsIgnoringWhitespaces("""
                {"token_id": "Qm2", "record_version": 0, "ipfs_fetched": 0, "token_status": null}""");
    }

    @Test
    void theHelpNamesEveryView() {
        assertThat(run("SELECT name FROM dbo.sqlite_schema WHERE type = 'view'", "csv"))
                .isEqualTo(ExitCode.DONE);
        List<String> views = text(printed).lines().skip(1).toList();
        assertThat(views).contains("vw_TokenContents");
        printed.reset();
        assertThat(Main.run("query", "--help")).isEqualTo(ExitCode.DONE);
        assertThat(text(printed).replaceAll("\\s+", " ")).contains(views);
    }

    @Test
    void itReadsWhileAnotherConnectionWrites() throws Exception {
        try (Database database = open(); Connection open = database.dataSource().getConnection()) {
            assertThat(open.isValid(1)).isTrue();
            assertThat(query("csv")).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void itOnlyReads() throws Exception {
        assertThat(run("DELETE FROM TokenRecords", "table")).isEqualTo(ExitCode.FAILED);
        assertThat(text(complained)).contains("query only reads");
        assertThat(run("DELETE FROM dbo.TokenRecords RETURNING token_id", "table")).isEqualTo(ExitCode.FAILED);
        assertThat(run("ATTACH '" + data.resolve("other.db") + "' AS other", "table")).isEqualTo(ExitCode.FAILED);
        assertThat(data.resolve("other.db")).doesNotExist();
        assertThat(query("csv")).isEqualTo(ExitCode.DONE);
        assertThat(text(printed)).contains("Qm1").contains("Qm2");
    }

    /** Statements that write files of their own, or would let a next one write; of several only the first is run. */
    @ParameterizedTest
    @ValueSource(strings = {"VACUUM INTO 'OTHER'", "VACUUM dbo INTO 'OTHER'", "vacuum main into 'OTHER'",
            "/* copy */ VACUUM INTO 'OTHER'", "ATTACH 'OTHER' AS other",
            "ATTACH DATABASE 'file:OTHER?mode=rwc' AS other",
            "SELECT writefile('OTHER', 'x')", "PRAGMA query_only = 0; VACUUM INTO 'OTHER'",
            "SELECT 1; VACUUM dbo INTO 'OTHER'", "DETACH dbo"})
    void itWritesNoFileEither(String sql) throws Exception {
        Path other = data.resolve("other.db");
        int exit = run(sql.replace("OTHER", other.toString()), "table");
        assertThat(exit).isEqualTo(sql.startsWith("SELECT 1;") ? ExitCode.DONE : ExitCode.FAILED);
        if (sql.matches("(?i)(/.*/ )?(VACUUM|ATTACH).*")) {
            assertThat(text(complained)).contains("query only reads: it makes no other file, so that neither ATTACH nor"
                    + " VACUUM INTO is for it");
        }
        assertThat(other).doesNotExist();
    }

    @Test
    void whatSqlServerUnderstandsIsUnderstoodOrExplained() {
        assertThat(run("SELECT CONCAT(token_id, N'?'), ISNULL(token_status, 'N''x'), LEN(token_id)"
                + " FROM [dbo].[TokenRecords] WHERE synced_at <= GETUTCDATE() ORDER BY token_id", "csv"))
                .as(text(complained)).isEqualTo(ExitCode.DONE);
        assertThat(text(printed)).contains("Qm1?,0,3\r\nQm2?,N'x,3");
        assertThat(run("SELECT TOP 1 token_id FROM TokenRecords", "csv")).isEqualTo(ExitCode.FAILED);
        assertThat(text(complained)).contains("in the place of TOP 10 write LIMIT 10 at the end");
        assertThat(run("SELECT 1 FROM TokenRecords WHERE synced_at > DATEADD(HOUR, -1, GETUTCDATE())", "csv"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(text(complained)).contains("datetime('now', '-24 hours')");
    }

    @Test
    void aTableOfAnEarlierVersionIsRecognized() throws Exception {
        Path earlier = data.resolve("earlier");
        Files.createDirectories(earlier.resolve("h2"));
        Files.writeString(earlier.resolve("h2/tokens.mv.db"), "");
        assertThat(Main.run("query", "--data", earlier.toString(), "SELECT 1")).isEqualTo(ExitCode.USAGE);
        assertThat(text(complained)).contains("is of an earlier version", "local fills",
                earlier.resolve("h2").toString());
    }

    @Test
    void aMistakeInTheQueryIsSaid() {
        assertThat(run("SELECT something FROM nowhere", "table")).isEqualTo(ExitCode.FAILED);
        assertThat(text(complained)).contains("the query failed: no such table: nowhere");
    }

    @Test
    void aMistakeInTheSyntaxShowsWhere() {
        assertThat(run("SELECT token_id\nFORM TokenRecords WHERE", "table")).isEqualTo(ExitCode.FAILED);
        assertThat(text(complained)).contains("near \"TokenRecords\": syntax error");
    }

    @Test
    void aDirectoryWithoutADatabaseIsNamed() {
        int exit = Main.run("query", "--data", data.resolve("none").toString(), "SELECT 1");
        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(text(complained)).contains(data.resolve("none").toString());
    }

    private int query(String format) {
        return run("SELECT token_id, token_status FROM vw_Tokens ORDER BY token_id", format);
    }

    private int run(String sql, String format) {
        return Main.run("query", "--data", data.toString(), "--format", format, sql);
    }

    private Database open() {
        return Database.open(EmbeddedDatabase.of(data).settings(), 1);
    }

    private static void insert(Database database, String token, String status) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, token_status) VALUES ('a', 'n', '"
                            + token + "', " + status + ")");
            connection.commit();
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

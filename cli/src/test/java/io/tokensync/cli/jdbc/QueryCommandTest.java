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
        Files.createDirectories(data.resolve("h2"));
        try (Database database = open()) {
            new Schema(database).migrate();
            insert(database, "Qm1", "'0'");
            insert(database, "Qm2", "NULL");
        }
        EmbeddedDatabase.of(data).admit();
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
                {"token_id": "Qm2", "record_version": 0, "ipfs_fetched": false, "token_status": null}""");
    }

    @Test
    void theHelpNamesEveryView() {
        assertThat(run("SELECT table_name FROM INFORMATION_SCHEMA.VIEWS WHERE table_schema = 'dbo'", "csv"))
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
        assertThat(run("SELECT * FROM FINAL TABLE (DELETE FROM TokenRecords)", "table")).isEqualTo(ExitCode.FAILED);
        assertThat(query("csv")).isEqualTo(ExitCode.DONE);
        assertThat(text(printed)).contains("Qm1").contains("Qm2");
    }

    @Test
    void aMistakeInTheQueryIsSaid() {
        assertThat(run("SELECT nothing FROM nowhere", "table")).isEqualTo(ExitCode.FAILED);
        assertThat(text(complained)).contains("nowhere").doesNotContain("SQL statement:");
    }

    @Test
    void aMistakeInTheSyntaxShowsWhere() {
        assertThat(run("SELECT token_id\nFORM TokenRecords WHERE", "table")).isEqualTo(ExitCode.FAILED);
        assertThat(text(complained)).contains("Syntax error", "TokenRecords WHERE").doesNotContain("SQL statement:");
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
        return Database.open(EmbeddedDatabase.of(data).owner(), 1);
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

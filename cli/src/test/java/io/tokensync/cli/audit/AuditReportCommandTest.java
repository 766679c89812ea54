package io.tokensync.cli.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.jdbc.SqliteFile;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;

class AuditReportCommandTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>&amp;\"'\u202e\u001b[2J";

    @TempDir
    private Path directory;

    @BeforeEach
    void database() throws Exception {
        change("SELECT 1");
        for (String node : List.of("n1", "n2")) {
            change("INSERT INTO dbo.TokenRecords (source_ip, node_name, token_id, did, status_name, token_kind, token_value,"
                    + " db_path, db_last_modified) VALUES ('10.0.0.1', '" + node + "', '" + HOSTILE.replace("'", "''")
                    + "', 'did', 'free', 'whole', '1', '/data', '2026-01-01')");
        }
    }

    @Test
    void aPageAndADocumentSayTheSameAndHaveTheSameDigest() throws Exception {
        Path html = directory.resolve("report.html");
        Path json = directory.resolve("report.json");
        CommandLineOutput run = report("--out", html.toString(), "--out", json.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        JsonNode document = JsonMapper.builder().build().readTree(Files.readString(json));
        String digest = document.path("digest").asString();
        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(run.out()).contains("1 kind of findings, digest " + digest);
        assertThat(Files.readString(html)).contains(digest, "Free on several nodes: 2 rows", "Holdings by kind",
                "Completeness by machine", "Versions");
        assertThat(document.path("sections").valueStream().map(section -> section.path("section").asString()))
                .contains("machines", "nodes", "holdings", "unverifiable", "finding.free_on_several_nodes",
                        "finding.quiet_nodes", "schema", "versions");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("report.html",
                    "report.json", "data");
        }
    }

    @Test
    void whatNodesSayIsTextOnThePageWhichAsksForNothing() {
        String page = report().out();
        assertThat(page).contains("&lt;img src=x onerror=alert(1)&gt;&amp;amp;&quot;&#39;\\u202e\\u001b[2J")
                .doesNotContain("<img", "\u202e", "\u001b", "<script", "http:", "https:", "url(", "@import");
        assertThat(page).contains("default-src 'none'");
        Matcher tags = Pattern.compile("<([a-z0-9]+)").matcher(page);
        assertThat(tags.results().map(tag -> tag.group(1)).distinct()).containsOnly("html", "head", "meta", "title",
                "style", "body", "main", "h1", "h2", "dl", "dt", "dd", "p", "code", "section", "div", "table", "thead",
                "tbody", "tr", "th", "td", "ul", "li");
    }

    @Test
    void aReportIsVerifiedAgainstItselfAndAgainstTheTable() throws Exception {
        Path json = directory.resolve("report.json");
        report("--rows", "1", "--out", json.toString());
        // a later look at the nodes, which finds nothing new
        change("INSERT INTO dbo.ProcessedDatabases (source_ip, db_path, last_modified, last_processed)"
                + " VALUES ('10.0.0.1', '/data', '2026-01-01 00:00:00', '2099-01-01 00:00:00')");
        CommandLineOutput same = report("--verify", json.toString());
        assertThat(same.exitCode()).as(same.out() + same.err()).isEqualTo(ExitCode.DONE);
        assertThat(same.out()).contains("is as it was written", "the table gives the same now");
        change("UPDATE dbo.TokenRecords SET did = 'thief' WHERE node_name = 'n2'");
        CommandLineOutput later = report("--verify", json.toString());
        assertThat(later.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(later.out().lines().filter(line -> line.startsWith("  "))).singleElement().asString()
                .contains("nodes: 2 rows then, 2 now", "node_name=n2").doesNotContain("node_name=n1");
        Files.writeString(json, Files.readString(json).replace("\"free\"", "\"burnt\""));
        CommandLineOutput altered = report("--verify", json.toString());
        assertThat(altered.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(altered.err()).contains("was altered");
    }

    @Test
    void whatIsNoReportIsExplained() throws Exception {
        Path other = directory.resolve("other.json");
        for (String text : List.of("{}", "no json", "{\"document\":\"tokensync audit report\",\"format\":1}")) {
            Files.writeString(other, text);
            CommandLineOutput run = report("--verify", other.toString());
            assertThat(run.exitCode()).as(text).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("audit report --out FILE.json").doesNotContain("\tat ");
        }
        assertThat(report("--verify", directory.resolve("none.json").toString()).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(report("--out", directory.resolve("none/report.html").toString()).exitCode())
                .isEqualTo(ExitCode.FAILED);
        assertThat(report("--out", directory.toString()).err()).contains("it is a directory");
    }

    /** What {@code audit} did before it had a subcommand, it does. */
    @Test
    void theCommandAboveItStillAudits() {
        CommandLineOutput run = CommandLineOutput.of("audit", "--data", directory.resolve("data").toString(), "--kind",
                "free_on_several_nodes");
        assertThat(run.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(run.out()).contains("Free on several nodes: 2 rows");
    }

    @Test
    void aKindThatIsNotAnsweredIsInTheReportAndEqualToNothing() throws Exception {
        Path html = directory.resolve("report.html");
        Path json = directory.resolve("report.json");
        String view = viewOfFree();
        ddl("DROP VIEW vw_FreeOnSeveralNodes");
        CommandLineOutput run = report("--out", html.toString(), "--out", json.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("no answer to \"Free on several nodes\" (free_on_several_nodes): ");
        assertThat(Files.readString(html)).contains("<h2>Free on several nodes: no answer</h2>",
                "asked for, and not answered: the database answers with error", "<dt>Not answered</dt>")
                .doesNotContain("<li>Free on several nodes</li>");
        JsonNode section = JsonMapper.builder().build().readTree(Files.readString(json)).path("sections").valueStream()
                .filter(one -> one.path("section").asString().equals("finding.free_on_several_nodes")).findFirst()
                .orElseThrow();
        assertThat(section.path("rows_found").isNull()).isTrue();
        assertThat(section.path("no_answer").asString()).contains("schema validate");

        CommandLineOutput neither = report("--verify", json.toString());
        assertThat(neither.exitCode()).as("two reasons are not equal tables").isEqualTo(ExitCode.FAILED);
        assertThat(neither.out()).contains("is as it was written", "does not give the same now",
                "finding.free_on_several_nodes: no answer (the database answers")
                .doesNotContain("gives the same now\n");
        ddl(view);
        CommandLineOutput now = report("--verify", json.toString());
        assertThat(now.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(now.out()).contains("then, 2 rows now");
        Files.writeString(json, Files.readString(json).replace("the database answers with", "nobody has asked"));
        assertThat(report("--verify", json.toString()).err()).contains("was altered");
    }

    @Test
    void anAuditWithoutAnAnswerForAKindPrintsTheOthersAndEndsWithOne() throws Exception {
        ddl("DROP VIEW vw_FreeOnSeveralNodes");
        ddl("CREATE VIEW vw_FreeOnSeveralNodes AS WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT n AS token_id,"
                + " n AS kind_name, n AS free_on_nodes, n AS source_ip, n AS node_name, n AS did, n AS token_value, n AS updated_at,"
                + " n AS synced_at FROM x");
        CommandLineOutput run = CommandLineOutput.of("audit", "--data", directory.resolve("data").toString(),
                "--timeout",
                "1s", "--kind", "free_on_several_nodes", "--kind", "outside_limits");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("Free on several nodes: no answer; the database took longer than 1 s",
                "Marked as outside the limits: none");
        assertThat(run.err()).contains("free_on_several_nodes", "allow more with --timeout");
        assertThat(CommandLineOutput.of("audit", "--timeout", "5ms").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private String viewOfFree() throws Exception {
        try (Connection file = file();
                Statement statement = file.createStatement();
                ResultSet found = statement
                        .executeQuery("SELECT sql FROM sqlite_schema WHERE name = 'vw_FreeOnSeveralNodes'")) {
            found.next();
            return found.getString(1);
        }
    }

    private void ddl(String sql) throws Exception {
        try (Connection file = file(); Statement statement = file.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection file() throws SQLException {
        return SqliteFile.of(EmbeddedDatabase.of(directory.resolve("data")).settings()).itself();
    }

    private CommandLineOutput report(String... arguments) {
        return CommandLineOutput.of(Stream.concat(
                Stream.of("audit", "report", "--data", directory.resolve("data").toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private void change(String sql) throws Exception {
        Files.createDirectories(directory.resolve("data"));
        try (Database database = Database
                .open(EmbeddedDatabase.of(directory.resolve("data")).settings(), 1)) {
            new Schema(database).migrate();
            run(database, sql);
        }
    }

    private static void run(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }
}

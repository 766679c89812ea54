package io.tokensync.cli.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.Main;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ExportCommandTest {
    private static final long END_BOUND_SECONDS = 60;
    /** A view of a million millions of rows. */
    private static final String ENDLESS = "CREATE VIEW dbo.vw_Endless AS WITH RECURSIVE n(i) AS"
            + " (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)"
            + " SELECT a.i AS a, b.i AS b, c.i AS c, d.i AS d FROM n AS a, n AS b, n AS c, n AS d";

    @TempDir
    private Path directory;

    @BeforeEach
    void database() throws Exception {
        Files.createDirectories(data());
        change("DELETE FROM dbo.TokenRecords");
        try (AuditedTable table = new AuditedTable(EmbeddedDatabase.of(data()).settings())) {
            table.read(Reading.of("Qm1", "n", "free", "=cmd|' /C calc'!A0", "T"),
                    Reading.of("Qm2", "n", "free", "a\"b,c\u202ed", null));
        }
    }

    @Test
    void aTableIsWrittenAsCsvWithoutFormulas() throws Exception {
        Path file = directory.resolve("tokens.csv");
        CommandLineOutput run = export("--table", "dbo.tokenrecords", "--out", file.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        List<String> lines = Files.readString(file).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst()).startsWith("id,source_ip,node_name,did,token_id,");
        assertThat(lines.get(1)).contains(",'=cmd|' /C calc'!A0,Qm1,");
        assertThat(lines.get(2)).contains(",\"a\"\"b,c\u202ed\",Qm2,");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aViewIsWrittenAsAnObjectOnEachLine() throws Exception {
        Path file = directory.resolve("tokens.jsonl");
        assertThat(export("--table", "vw_Tokens", "--out", file.toString()).exitCode()).isEqualTo(ExitCode.DONE);
        List<JsonNode> rows = Files.readAllLines(file).stream().map(JsonMapper.builder().build()::readTree).toList();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().path("did").asString()).isEqualTo("=cmd|' /C calc'!A0");
        assertThat(rows.getLast().path("did").asString()).isEqualTo("a\"b,c\u202ed");
        assertThat(rows.getLast().path("transaction_id").isNull()).isTrue();
        assertThat(Files.readString(file)).endsWith("}\n");
        CommandLineOutput printed = export("--table", "vw_Tokens", "--format", "jsonl");
        assertThat(printed.out()).isEqualTo(Files.readString(file));
    }

    @Test
    void anEmptyTableIsAFileToo() throws Exception {
        Path csv = directory.resolve("none.csv");
        Path jsonl = directory.resolve("none.jsonl");
        export("--table", "SyncSessions", "--out", csv.toString());
        export("--table", "SyncSessions", "--out", jsonl.toString());
        assertThat(csv).content().startsWith("session_id,").hasLineCount(1);
        assertThat(jsonl).isEmptyFile();
    }

    @Test
    void theRowsOfATimeAreThoseThatTheTableHadLearnedOfByThen() throws Exception {
        try (AuditedTable table = new AuditedTable(EmbeddedDatabase.of(data()).settings())) {
            table.read(Reading.of("Qm3", "n", "free", "A", "T").day(1),
                    Reading.of("Qm3", "n", "burnt", "A", "T").day(9));
        }
        String then = Reading.of("Qm3", "n", "free", "A", "T").day(5).at().toString();
        CommandLineOutput run = export("--table", "TokenRecords", "--as-of", then, "--format", "jsonl");
        assertThat(run.out()).as(run.err()).contains("Qm3", "free").doesNotContain("burnt");
        assertThat(export("--table", "TokenRecords", "--format", "jsonl").out()).contains("burnt");
        assertThat(export("--table", "vw_Nodes", "--as-of", then).err()).contains("goes with --table TokenRecords");
        assertThat(export("--table", "TokenRecords", "--as-of", "once").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTableThatIsNotThereIsAnsweredWithThoseThatAre() {
        CommandLineOutput run = export("--table", "Tokens\"; DROP TABLE dbo.TokenRecords; --");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("TokenRecords", "vw_Tokens", "ProcessedDatabases").doesNotContain("sqlite_");
        assertThat(export("--table", "TokenRecords").out()).contains("Qm1");
    }

    @Test
    void whatCannotBeWrittenIsSaid() {
        CommandLineOutput nowhere = export("--table", "vw_Tokens", "--out", directory.resolve("no/x.csv").toString());
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(nowhere.err()).contains("could not be written");
        CommandLineOutput both = CommandLineOutput.of("export", "--table", "x", "--data", data().toString(), "--sql",
                "jdbc:sqlite:" + directory.resolve("y.db"));
        assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(both.err()).contains("leave one");
        CommandLineOutput none = CommandLineOutput.of("export", "--table", "x", "--data",
                directory.resolve("none").toString());
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    /** In a process of its own: rows without end, within a heap that holds few of them. */
    @Test
    void whatIsEndedByCtrlCLeavesTheFileOfBeforeAndNoHalfOne() throws Exception {
        change(ENDLESS);
        Path file = directory.resolve("numbers.csv");
        Files.writeString(file, "of before");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "export", "--data", data().toString(),
                "--table", "vw_Endless", "--out", file.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile()).start();
        try {
            await().atMost(Duration.ofSeconds(END_BOUND_SECONDS))
                    .until(() -> written() > 20_000_000 || !process.isAlive());
            assertThat(process.isAlive()).as(Files.readString(directory.resolve("log"))).isTrue();
            process.destroy();
            assertThat(process.waitFor(END_BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(file).content().isEqualTo("of before");
        assertThat(written()).isZero();
    }

    /** Bytes of the half file. */
    private long written() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".part")).mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private CommandLineOutput export(String... arguments) {
        return CommandLineOutput.of(Stream
                .concat(Stream.of("export", "--data", data().toString()), Stream.of(arguments)).toArray(String[]::new));
    }

    private void change(String sql) throws Exception {
        try (AuditedTable table = new AuditedTable(EmbeddedDatabase.of(data()).settings())) {
            table.run(sql);
        }
    }
}

package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.cli.terminal.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong is said before anything starts, with the nearest valid name, and the process exits with 2. */
class UsageTest {
    @TempDir
    Path directory;

    @Test
    void aWrongOptionNamesTheNearestOne() {
        CommandLineOutput output = CommandLineOutput.of("local", "--node", "x");
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("'--node'").contains("--nodes");
    }

    @Test
    void aWrongCommandNamesTheNearestOne() {
        CommandLineOutput output = CommandLineOutput.of("scaner");
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("scanner");
    }

    @Test
    void nodesMustBeADirectory() {
        CommandLineOutput output = CommandLineOutput.of("local", "--nodes", directory.resolve("none").toString());
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains(directory.resolve("none").toString());
    }

    @Test
    void allMistakesOfAConfigurationAreSaidAtOnceWithTheNearestKeys() throws IOException {
        Path config = directory.resolve("scanner.yaml");
        Files.writeString(config, """
                kafka:
                  bootstrap-server: localhost:9092
                scanner:
                  roots: ["/nodes"]
                  interval: 30 parsecs
                """);
        CommandLineOutput output = CommandLineOutput.of("scanner", "--config", config.toString());
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("kafka.bootstrap-server").contains("kafka.bootstrap-servers")
                .contains("scanner.interval").contains("parsecs");
    }

    @Test
    void aMissingConfigurationIsNamed() {
        Path config = directory.resolve("none.yaml");
        for (String command : new String[]{"scanner", "enricher", "writer"}) {
            CommandLineOutput output = CommandLineOutput.of(command, "--config", config.toString());
            assertThat(output.exitCode()).as(command).isEqualTo(ExitCode.USAGE);
            assertThat(output.err()).as(command).contains(config.toString());
        }
    }

    @Test
    void withoutACommandItShowsWhatThereIs() {
        CommandLineOutput output = CommandLineOutput.of();
        assertThat(output.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(output.out()).contains("demo").contains("local").contains("query");
    }

    @Test
    void everyCommandStandsInOneGroupOfTheHelp() {
        List<String> shown = Main.commandLine().getSubcommands().values().stream().map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden()).map(CommandSpec::name).toList();
        assertThat(HelpGroups.commands()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(shown);
        assertThat(CommandLineOutput.of("--help").out()).containsSubsequence("Start here", "demo", "Stages", "scanner",
                "Operate", "check", "Schema and topics", "schema", "Tools", "codebook", "version")
                .doesNotContain("%n").contains("e.g. query ");
        assertThat(CommandLineOutput.of("--help").out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(CommandLineOutput.of("--help").out().replaceAll("\\s+", " "))
                .contains("in one process, and proves the table right.");
    }

    @Test
    void everyCommandOfAnOperatorAnswersProgramsToo() {
        for (String path : List.of("version", "status", "report", "audit", "check", "dlq list", "dlq show",
                "dlq replay",
                "dlq purge", "replay", "refetch", "topics print", "topics create", "schema validate",
                "schema migrate", "query", "scanner status", "scanner confirm", "codebook verify")) {
            CommandLine command = Main.commandLine();
            for (String name : path.split(" ", -1)) {
                command = command.getSubcommands().get(name);
            }
            assertThat(command.getCommandSpec().findOption("--json")).as(path).isNotNull();
        }
    }

    @Test
    void everyCommandTellsItsExitCodesAndHowMuchItLogs() {
        List<String> paths = new ArrayList<>();
        collect("", Main.commandLine(), paths);
        assertThat(paths).hasSizeGreaterThan(30);
        for (String path : paths) {
            CommandLineOutput help = CommandLineOutput.of((path + " --help").strip().split(" ", -1));
            assertThat(help.exitCode()).as(path).isEqualTo(ExitCode.DONE);
            assertThat(help.out()).as(path).contains("Exit codes", "  0   done", "  2   wrong option", "130   ended",
                    "-v, --verbose", "-q, --quiet");
        }
        assertThat(CommandLineOutput.of("audit", "--help").out()).contains("  3   the table was asked");
        assertThat(CommandLineOutput.of("status", "--help").out()).doesNotContain("  3   ");
    }

    private static void collect(String path, CommandLine command, List<String> paths) {
        if (!command.getCommandSpec().usageMessage().hidden()) {
            paths.add(path);
            command.getSubcommands().forEach((name, below) -> collect((path + " " + name).strip(), below, paths));
        }
    }

    @Test
    void verboseAndQuietExcludeEachOther() {
        CommandLineOutput output = CommandLineOutput.of("version", "-v", "--quiet");
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("exclude each other");
    }

    @Test
    void theCommandLineSaysHowMuchIsLoggedInThisRunAlone() {
        Logger ours = (Logger) LoggerFactory.getLogger("io.tokensync");
        for (String[] verbose : new String[][]{{"version", "-v"}, {"-v", "version"}, {"topics", "--verbose"}}) {
            assertThat(CommandLineOutput.of(verbose).exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(ours.getEffectiveLevel()).isEqualTo(Level.DEBUG);
        }
        CommandLineOutput.of("version", "-q");
        assertThat(ours.getEffectiveLevel()).isEqualTo(Level.ERROR);
        CommandLineOutput.of("version");
        assertThat(ours.getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void benchSaysWhereTheBenchmarksAreWhateverFollowsIt() {
        for (String[] arguments : new String[][]{{"bench"}, {"bench", "--help"},
                {"bench", "monitor", "--records", "3"}}) {
            CommandLineOutput output = CommandLineOutput.of(arguments);
            assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(output.err().strip()).endsWith("./" + String.join(" ", arguments));
        }
        assertThat(CommandLineOutput.of("--help").out()).doesNotContain("bench");
    }

    @Test
    void theVersionIsTold() {
        assertThat(CommandLineOutput.of("version").out()).contains("tokensync ", "revision ", "Java 2",
                System.getProperty("os.name")).containsPattern("kafka-clients \\d").containsPattern("sqlite-jdbc \\d")
                .containsPattern("mssql-jdbc \\d");
        JsonNode json = JsonMapper.builder().build().readTree(CommandLineOutput.of("version", "--json").out());
        assertThat(json.propertyNames()).containsExactly("version", "revision", "date", "java", "vm", "system",
                "libraries");
        assertThat(json.get("libraries").get("kafka-clients").asString()).matches("\\d+[.].*");
    }

    @Test
    void anOptionOfThePythonToolSaysWhichCommandItIsNow() {
        for (String option : List.of("--clear", "--essential-only", "--test-connection", "--test-only",
                "--cleanup-locks", "--force-ipfs", "--ipfs-path=/usr/bin/ipfs", "--background")) {
            CommandLineOutput output = CommandLineOutput.of(option);
            assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(output.err()).as(option).contains("was an option of the Python tool; now: ");
        }
        assertThat(CommandLineOutput.of("--ipfs-path", "/usr/bin/ipfs").err()).contains("tokensync local --nodes DIR");
    }

    @Test
    void whatIsWrongIsSaidBeforeTheBrokerStarts() {
        CommandLineOutput output = CommandLineOutput.of("local", "--nodes", directory.toString(), "--data",
                directory.resolve("data").toString(), "--page", "70000");
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("monitor.page.port");
        assertThat(output.out()).doesNotContain("starting the embedded broker");
        assertThat(directory.resolve("data/kafka")).isEmptyDirectory();
    }

    @Test
    void aSecretAmongTheArgumentsIsWarnedOfAndNotRepeated() {
        String nowhere = directory.resolve("none").toString();
        for (String[] secret : new String[][]{{"--sql", "jdbc:sqlserver://sql.example.com;user=u;password=Zq7wXv9kLm"},
                {"--sql-password", "Zq7wXv9kLm"}, {"--sql-password=Zq7wXv9kLm"}}) {
            List<String> arguments = new ArrayList<>(List.of("local", "--nodes", nowhere));
            arguments.addAll(List.of(secret));
            CommandLineOutput output = CommandLineOutput.of(arguments.toArray(String[]::new));
            assertThat(output.err()).contains("warning: --sql", "-file FILE").doesNotContain("Zq7wXv9kLm");
        }
        assertThat(CommandLineOutput.of("local", "--nodes", nowhere, "--sql", "jdbc:sqlserver://sql.example.com").err())
                .doesNotContain("warning");
        assertThat(CommandLineOutput.of("local", "--help").out()).contains("all users of this machine");
    }

    @Test
    void aFileWithAnAddressThatAllCanReadIsWarnedOf() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(directory.resolve("connection.txt"),
                "jdbc:sqlserver://sql.example.com;password=p");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            CommandLineOutput.of("local", "--nodes", directory.toString(), "--data", directory.resolve("d").toString(),
                    "--sql-file", file.toString(), "--page", "70000");
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).anyMatch(event -> (event.getFormattedMessage() + event.getKeyValuePairs())
                .matches("(?s)every user of this machine can read.*connection.txt.*"));
    }

    @Test
    void sqlCredentialsNeedAnAddress() {
        CommandLineOutput output = CommandLineOutput.of("local", "--nodes", directory.toString(), "--sql-user",
                "writer");
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("--sql ADDRESS");
    }
}

package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every command from the assembled distribution, started by its launcher as users start it: a class that is on the class path
 * of tests only, or a launcher that does not find what it starts, fails here and nowhere else.
 */
class DistributionIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LIB = Path.of("target", "lib").toAbsolutePath();
    private static final Pattern BROKEN = Pattern
            .compile("NoClassDefFoundError|ClassNotFoundException|NoSuchMethodError"
                    + "|UnsatisfiedLinkError|ExceptionInInitializerError|Exception in thread|(?m)^\\s+at [\\w.$/]+\\(");
    private static final long END_BOUND_SECONDS = 240;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @TempDir
    private static Path directory;

    /**
     * A command line.
     *
     * @param exitCode how it ends
     * @param says what it prints, among other things
     * @param arguments in which {@code $DIR} is the directory of the test and {@code $CONFIG} that of the examples
     */
    record Call(int exitCode, String says, List<String> arguments) {
        Call(int exitCode, String says, String... arguments) {
            this(exitCode, says, List.of(arguments));
        }

        @Override
        public String toString() {
            return String.join(" ", arguments);
        }
    }

    /** At least one of each command, and none that changes anything but files of this test. */
    static Stream<Call> calls() {
        return Stream.of(new Call(ExitCode.DONE, "Start here"), new Call(ExitCode.DONE, "Stages", "--help"),
                new Call(ExitCode.DONE, "Usage: tokensync scanner", "help", "scanner"),
                new Call(ExitCode.DONE, "revision", "version"),
                new Call(ExitCode.DONE, "scanner.roots", "local", "--config", "$CONFIG/local.yaml", "--check-config"),
                new Call(ExitCode.INCOMPLETE, "", "scanner", "--config", "$DIR/scanner.yaml", "--once"),
                new Call(ExitCode.DONE, "rubix.db", "scanner", "status", "--data", "$DIR/demo/data"),
                new Call(ExitCode.DONE, "asked", "verify", "--data", "$DIR/demo/data"),
                new Call(ExitCode.DONE, "enricher.fetches", "enricher", "--config", "$CONFIG/enricher.yaml",
                        "--check-config"),
                new Call(ExitCode.DONE, "writer.sql.url", "writer", "--config", "$CONFIG/writer.yaml",
                        "--check-config"),
                new Call(ExitCode.DONE, "monitor.group", "monitor", "--config", "$CONFIG/monitor.yaml",
                        "--check-config"),
                new Call(ExitCode.DONE, "", "status", "--config", "$DIR/operator.yaml"),
                new Call(ExitCode.FAILED, "nothing is known of session none", "report", "none", "--config",
                        "$DIR/operator.yaml"),
                new Call(ExitCode.INCOMPLETE, "rows_found", "audit", "--data", "$DIR/demo/data", "--json"),
                new Call(ExitCode.DONE, "tokens.scanned", "topics", "print", "--config", "$CONFIG/topics.yaml"),
                new Call(ExitCode.DONE, "--transactional-id tokensync-writer-", "topics", "grants", "--role", "writer",
                        "--config", "$CONFIG/writer.yaml"),
                new Call(ExitCode.DONE, "bootstrap-servers", "config", "init", "--stage", "scanner"),
                new Call(ExitCode.FAILED, "everything else is read", "check", "--nodes", "$DIR/nodes"),
                new Call(ExitCode.DONE, "", "schema", "validate", "--data", "$DIR/demo/data"),
                new Call(ExitCode.DONE, "", "replay", "--topic", "tokens.enriched", "--from", "beginning", "--group",
                        "tokensync-writer", "--dry-run", "--config", "$DIR/operator.yaml"),
                new Call(ExitCode.DONE, "", "dlq", "list", "--config", "$DIR/operator.yaml"),
                new Call(ExitCode.DONE, "", "refetch", "--where", "failed", "--dry-run", "--data", "$DIR/demo/data"),
                new Call(ExitCode.DONE, "token_id", "export", "--data", "$DIR/demo/data", "--table", "vw_Tokens"),
                new Call(ExitCode.DONE, "", "export", "--data", "$DIR/demo/data", "--table", "vw_Tokens", "--out",
                        "$DIR/tokens.parquet"),
                new Call(ExitCode.DONE, "digest", "audit", "report", "--data", "$DIR/demo/data", "--out",
                        "$DIR/report.html"),
                new Call(ExitCode.DONE, "1 row", "query", "--data", "$DIR/demo/data",
                        "SELECT COUNT(*) AS n FROM TokenRecords"),
                new Call(ExitCode.DONE, "0 rows", "query", "--data", "$DIR/demo/data", "--as-of", "2020-01-01",
                        "SELECT token_id FROM TokensAsOf"),
                new Call(ExitCode.FAILED, "no node lists this token", "token", "none", "--data", "$DIR/demo/data"),
                new Call(ExitCode.DONE, "", "codebook", "build", "--levels", "77-78", "--out", "$DIR/codebook.bin"),
                new Call(ExitCode.USAGE, "./bench monitor", "bench", "monitor"));
    }

    @BeforeAll
    static void install() throws Exception {
        Files.copy(ROOT.resolve("tokensync"), directory.resolve("tokensync"));
        Files.createSymbolicLink(directory.resolve("lib"), LIB);
        KafkaSettings kafka = KafkaSettings.at(KAFKA.bootstrapServers());
        try (Admin admin = new KafkaClients(kafka).admin("test")) {
            TopicSet.local(1).create(admin);
        }
        Files.writeString(directory.resolve("operator.yaml"),
                "kafka:\n  bootstrap-servers: " + KAFKA.bootstrapServers() + "\n");
        Files.writeString(directory.resolve("scanner.yaml"), """
                kafka:
                  bootstrap-servers: %s
                scanner:
                  roots: ["%s"]
                  state-dir: "%s"
                  source-ip: 10.20.0.1
                admin:
                  port: 0
                """.formatted(KAFKA.bootstrapServers(), directory.resolve("nodes"), directory.resolve("state")));
        run(new Call(ExitCode.DONE, "", "simulate", "--out", "$DIR/nodes", "--nodes", "2", "--tokens", "50"));
        run(new Call(ExitCode.DONE, "", "demo", "--nodes", "3", "--tokens", "200", "--dir", "$DIR/demo"));
    }

    /** Before whatever removes the directory, and would warn of it. */
    @AfterAll
    static void unlink() throws IOException {
        Files.deleteIfExists(directory.resolve("lib"));
    }

    @ParameterizedTest(name = "tokensync {0}")
    @MethodSource("calls")
    void ends(Call call) throws Exception {
        run(call);
    }

    @Test
    void noCommandIsLeftOut() {
        Set<String> called = new TreeSet<>(Set.of("simulate", "demo"));
        calls().map(Call::arguments).filter(arguments -> !arguments.isEmpty())
                .forEach(arguments -> called.add(arguments.getFirst()));
        assertThat(called).containsAll(Main.commandLine().getSubcommands().keySet());
    }

    @Test
    void neitherBenchmarksNorTestLibrariesAreInIt() throws IOException {
        try (Stream<Path> jars = Files.list(LIB)) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).isNotEmpty()
                    .anyMatch(name -> name.matches("cli-.*\\.jar")).allMatch(name -> name.endsWith(".jar"))
                    .noneMatch(name -> name
                            .matches(
                                    "(benchmarks|test-kit|tds-test-server|chaos|junit|assertj|awaitility|archunit|opentest4j).*"));
        }
    }

    private static void run(Call call) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(directory.resolve("tokensync").toString()));
        call.arguments().stream().map(argument -> argument.replace("$DIR", directory.toString())
                .replace("$CONFIG", ROOT.resolve("deploy/config").toString())).forEach(command::add);
        Path output = Files.createTempFile(directory, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "TOKENSYNC_JAVA_OPTS",
                "-XX:TieredStopAtLevel=1"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(END_BOUND_SECONDS, TimeUnit.SECONDS)).as("ends: %s", call).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as("%s%n%s", call, printed).isEqualTo(call.exitCode());
        assertThat(printed).as(call.toString()).contains(call.says()).doesNotContainPattern(BROKEN);
    }
}

package io.tokensync.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.jdbc.EmbeddedConnection;
import io.tokensync.cli.jdbc.TableVerdict;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.simulator.Churn;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.truth.Truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code local} as a user meets it: runs, runs again, and is stopped. */
class LocalIT {
    private static final String SOURCE_IP = "10.1.1.1";
    private static final Pattern ROWS = Pattern.compile("rows +([\\d,]+) read = ([\\d,]+) published");
    private static final Pattern SESSION = Pattern.compile("session +([0-9a-f-]{36}), report in (\\S+)");
    private static final Pattern PAGE = Pattern.compile("status page: (http://127\\.0\\.0\\.1:\\d+/)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void aSecondRunReadsNothingAndAThirdPublishesWhatHasChanged() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 4, 2_000, 1).withMachines(1).flawless());

        CommandLineOutput first = local();
        assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(ExitCode.DONE);
        assertThat(published(first)).isEqualTo(truth.rowCount());
        assertTruth(truth);

        CommandLineOutput second = local();
        assertThat(second.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(published(second)).isZero();

        Truth changed = churn(40);
        CommandLineOutput third = local();
        assertThat(third.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(published(third)).isPositive().isLessThan(200);
        assertTruth(changed);
    }

    @Test
    void whatIsPutAsideShowsInReportAndExitCode() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 3, 1_500, 2).withMachines(1));
        CommandLineOutput output = local();
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.PUT_ASIDE);
        assertThat(output.out()).contains("token_id_missing");
        assertReported(output);
        truth.unreadable().forEach(file -> assertThat(output.out()).contains(file.path()));
        assertTruth(truth);
    }

    @Test
    void whatLooksLikeANodeAndIsNotReadIsNamedAndADatabaseCanBeAskedFor() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 1, 200, 11).withMachines(1).flawless());
        Path database = nodes().resolve(truth.nodes().getFirst().dbPath());
        Files.move(database, database.resolveSibling("rubixtest.db"));
        Files.createDirectories(nodes().resolve("v1/.ipfs"));
        Files.createFile(nodes().resolve("v1/config.toml"));
        CommandLineOutput nothing = local();
        assertThat(nothing.exitCode()).as(nothing.out() + nothing.err()).isEqualTo(ExitCode.PUT_ASIDE);
        assertThat(nothing.out()).contains("rubixtest.db is not configured", "--databases",
                "v1/config.toml: is of a node of Rubix v1");
        CommandLineOutput both = local("--databases", "rubix.db,rubixtest.db");
        assertThat(both.exitCode()).isEqualTo(ExitCode.PUT_ASIDE);
        assertThat(both.out()).contains("config.toml").doesNotContain("is not configured");
        assertThat(published(both)).isPositive();
    }

    @Test
    void contentComesWithTheFirstRunThatWantsItAndStaysWithOneThatDoesNot() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 3, 1_500, 10).withMachines(1).flawless());
        CommandLineOutput essential = local("--essential-only");
        assertThat(essential.exitCode()).as(essential.out() + essential.err()).isEqualTo(ExitCode.DONE);
        assertThat(published(essential)).isEqualTo(truth.rowCount());
        assertThat(count("ipfs_fetched = 0 AND ipfs_error IS NULL AND token_status IS NOT NULL"))
                .isEqualTo(truth.rowCount());
        assertThat(published(local("--essential-only"))).isZero();

        assertThat(published(local())).isEqualTo(truth.rowCount());
        assertTruth(truth);
        long fetched = count("ipfs_fetched = 1");
        assertThat(fetched).isPositive();

        Truth changed = churn(40);
        assertThat(published(local("--essential-only"))).isPositive().isLessThan(200);
        assertThat(count("ipfs_fetched = 1")).isEqualTo(fetched);
        assertThat(published(local())).isPositive().isLessThan(200);
        assertTruth(changed);
    }

    @Test
    void askingAgainForContentChangesNothingThatIsThere() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 3, 1_500, 9).withMachines(1));
        local();
        assertThat(refetch("pending", "--dry-run").out()).contains("rows would be asked for");
        CommandLineOutput asked = refetch("all");
        assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.DONE);
        assertThat(asked.out()).contains("%,d rows are asked for".formatted(EmbeddedConnection
                .check(data(), truth, SOURCE_IP, Clock.systemUTC()).matching()));
        CommandLineOutput again = local();
        assertThat(again.exitCode()).as(again.out() + again.err()).isEqualTo(ExitCode.PUT_ASIDE);
        assertTruth(truth);
        assertThat(refetch("everything").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void stoppingItAtAnyMomentLosesNothing() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 4, 4_000, 3).withMachines(1).flawless());
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), arguments(false))) {
            await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("data/agents/local")));
            following.stop();
            assertThat(following.output()).contains("read  ", "published  ", "written  ", "dead-lettered ",
                    "in flight  ",
                    "nothing is lost", "status page: http://127.0.0.1:");
        }
        CommandLineOutput output = local();
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.DONE);
        assertTruth(truth);
    }

    @Test
    void thePageShowsWhatARunThatFollowsDoes() throws Exception {
        Simulation.write(SimulationPlan.of(nodes(), 2, 300, 5).withMachines(1).flawless());
        String[] arguments = Stream.concat(Arrays.stream(arguments(false)), Stream.of("--page", "0"))
                .toArray(String[]::new);
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), arguments);
                HttpClient browser = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE).until(() -> PAGE.matcher(following.output()).find());
            Matcher page = PAGE.matcher(following.output());
            assertThat(page.find()).isTrue();
            HttpRequest overview = HttpRequest.newBuilder(URI.create(page.group(1) + "api/overview")).build();
            await().atMost(PATIENCE).untilAsserted(
                    () -> assertThat(browser.send(overview, HttpResponse.BodyHandlers.ofString()).body())
                            .contains("\"sessions\":{\"COMPLETED\":1}"));
        }
    }

    @Test
    void aKillAtAnyMomentLosesNothing() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 4, 20_000, 6).withMachines(1).flawless());
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), arguments(false))) {
            await().atMost(PATIENCE).ignoreExceptions().until(
                    () -> EmbeddedConnection.check(data(), truth, SOURCE_IP, Clock.systemUTC()).matching() > 0);
            following.kill();
        }
        CommandLineOutput output = local();
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.DONE);
        assertTruth(truth);
    }

    @Test
    void aReplayWritesNothingThatIsThere() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 2, 500, 8).withMachines(1).flawless());
        CommandLineOutput first = local();
        assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(ExitCode.DONE);
        CommandLineOutput replay = CommandLineOutput.of("replay", "--data", data().toString(), "--topic",
                "tokens.enriched", "--from", "beginning");
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isEqualTo(ExitCode.DONE);
        assertThat(replay.out()).contains("done and verified");
        CommandLineOutput status = CommandLineOutput.of("status", "--data", data().toString());
        assertThat(status.out()).contains("COMPLETED", "%,d published, %,d in the table".formatted(truth.rowCount(),
                truth.rowCount()));
        CommandLineOutput again = local();
        assertThat(again.out()).contains("table      %,d unchanged".formatted(truth.rowCount()));
        assertTruth(truth);
    }

    @Test
    void whatItsFileSaysIsDoneAndOptionsWin() throws Exception {
        Simulation.write(SimulationPlan.of(nodes(), 3, 300, 4).withMachines(1).flawless());
        List<Path> found;
        try (Stream<Path> files = Files.walk(nodes())) {
            found = files.filter(file -> file.endsWith("Rubix/rubix.db")).map(file -> file.getParent().getParent())
                    .sorted().toList();
        }
        Path file = Files.writeString(directory.resolve("local.yaml"),
                "local:\n  data: " + data() + "\nscanner:\n  roots: [" + nodes() + "]\n  source-ip: 10.0.0.1\n"
                        + "  exclude: [\"" + found.getFirst() + "\"]\n  aliases:\n    " + found.getLast()
                        + ": the-last\n");
        CommandLineOutput output = CommandLineOutput.of("local", "--config", file.toString(), "--once", "--source-ip",
                SOURCE_IP);
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.DONE);
        assertThat(output.out()).contains("databases  2 found");
        assertThat(count("node_name = 'the-last' AND source_ip = '" + SOURCE_IP + "'")).isPositive();
        assertThat(count("source_ip = '10.0.0.1'")).isZero();
        CommandLineOutput cleared = CommandLineOutput.typed("CLEAR\n", "schema", "clear", "--config", file.toString());
        assertThat(cleared.exitCode()).as(cleared.err()).isEqualTo(ExitCode.DONE);
        assertThat(count("1 = 1")).isZero();
    }

    @Test
    void aDirectoryThatIsNoneOfOursIsRefusedAndLeftAlone() {
        CommandLineOutput replay = CommandLineOutput.of("replay", "--data", data().toString(), "--topic",
                "tokens.enriched", "--from", "beginning");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(replay.err()).contains("is not a data directory");
        assertThat(data()).doesNotExist();
    }

    @Test
    void aDatabaseThatIsNewToTheDataDirectoryGetsEverything() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(nodes(), 2, 500, 7).withMachines(1).flawless());
        local();
        try (Stream<Path> files = Files.list(data().resolve("h2"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(local().exitCode()).isEqualTo(ExitCode.DONE);
        assertTruth(truth);
    }

    @Test
    void followingSeesAChangeWithinSeconds() throws Exception {
        Simulation.write(SimulationPlan.of(nodes(), 2, 500, 4).withMachines(1).flawless());
        local();
        Truth changed = churn(20);
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), arguments(false))) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).ignoreExceptions()
                    .untilAsserted(() -> assertTruth(changed));
            following.stop();
        }
    }

    @Test
    void twoProcessesDoNotShareADataDirectory() throws Exception {
        Simulation.write(SimulationPlan.of(nodes(), 1, 10, 5).withMachines(1).flawless());
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), arguments(false))) {
            await().atMost(PATIENCE).until(() -> following.output().contains("following"));
            CommandLineOutput second = local();
            assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(second.err()).contains("another tokensync process").contains("--data");
            CommandLineOutput checked = CommandLineOutput.of("check", "--data", data().toString());
            assertThat(checked.exitCode()).as(checked.out()).isEqualTo(ExitCode.DONE);
            assertThat(checked.out()).containsPattern("passed +broker inside .*1 broker, 10 topics");
            following.stop();
        }
    }

    /** The session's id and report, and why not all of it has arrived, also by status. */
    private void assertReported(CommandLineOutput output) throws IOException {
        Matcher session = SESSION.matcher(output.out());
        assertThat(session.find()).as(output.out()).isTrue();
        assertThat(Files.readString(Path.of(session.group(2)))).contains("\"total_databases_found\"", session.group(1));
        assertThat(Files.readString(data().resolve("logs/tokensync.log"))).contains("Progress: 100.0% | Records: ");
        String status = CommandLineOutput.of("status", "--data", data().toString()).out();
        assertThat(status).contains(session.group(1), " rejected, 0 dead-lettered", "rejected by the scanner",
                "token_id_missing", "databases not read", "not read  ").doesNotContain("put aside");
    }

    private CommandLineOutput local(String... more) {
        return CommandLineOutput.of(Stream.concat(Arrays.stream(arguments(true)), Arrays.stream(more))
                .toArray(String[]::new));
    }

    private long count(String condition) {
        CommandLineOutput output = CommandLineOutput.of("query", "--data", data().toString(), "--format", "csv",
                "SELECT COUNT(*) FROM TokenRecords WHERE " + condition);
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        return output.out().lines().skip(1).mapToLong(Long::parseLong).findFirst().orElseThrow();
    }

    private CommandLineOutput refetch(String where, String... more) {
        String[] arguments = {"refetch", "--data", data().toString(), "--where", where};
        return CommandLineOutput
                .of(Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new));
    }

    private String[] arguments(boolean once) {
        String[] following = {"local", "--nodes", nodes().toString(), "--data", data().toString(), "--source-ip",
                SOURCE_IP};
        if (!once) {
            return following;
        }
        String[] arguments = Arrays.copyOf(following, following.length + 1);
        arguments[following.length] = "--once";
        return arguments;
    }

    private Truth churn(int steps) throws Exception {
        try (Churn churn = Churn.open(nodes())) {
            for (int step = 0; step < steps; step++) {
                churn.step();
            }
            return churn.save();
        }
    }

    private void assertTruth(Truth truth) throws Exception {
        TableVerdict verdict = EmbeddedConnection.check(data(), truth, SOURCE_IP, Clock.systemUTC());
        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
    }

    private static long published(CommandLineOutput output) {
        Matcher rows = ROWS.matcher(output.out());
        assertThat(rows.find()).as(output.out() + output.err()).isTrue();
        return Long.parseLong(rows.group(2).replace(",", ""));
    }

    private Path nodes() {
        return directory.resolve("nodes");
    }

    private Path data() {
        return directory.resolve("data");
    }
}

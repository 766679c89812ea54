package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.demo.jdbc.EmbeddedConnection;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code local} as a user meets it: runs, and runs again. */
class LocalIT {
    private static final Pattern SESSION = Pattern.compile("session +([0-9a-f-]{36}), report in (\\S+)");

    @TempDir
    Path directory;

    private LocalRuns run;

    @BeforeEach
    void chooseDirectory() {
        run = new LocalRuns(directory);
    }

    @Test
    void aSecondRunReadsNothingAndAThirdPublishesWhatHasChanged() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 4, 2_000, 1).withMachines(1).flawless());

        CommandLineOutput first = run.local();
        assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(ExitCode.DONE);
        assertThat(LocalRuns.published(first)).isEqualTo(truth.rowCount());
        run.assertTruth(truth);

        CommandLineOutput second = run.local();
        assertThat(second.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(LocalRuns.published(second)).isZero();

        Truth changed = run.churn(40);
        CommandLineOutput third = run.local();
        assertThat(third.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(LocalRuns.published(third)).isPositive().isLessThan(200);
        run.assertTruth(changed);
    }

    @Test
    void theTableIsProvenAndWhatWasWrittenIntoItByHandIsRepaired() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 3, 600, 4).withMachines(1).flawless());
        CommandLineOutput first = run.local("--verify");
        assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(ExitCode.DONE);
        assertThat(first.out()).contains("the table is equal to 3 of 3 nodes, " + truth.rowCount() + " rows");
        try (Connection table = DriverManager.getConnection("jdbc:sqlite:" + run.data().resolve("tokens.db"));
                Statement statement = table.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM TokenRecords WHERE rowid % 7 = 0")).isPositive();
            assertThat(statement.executeUpdate(
                    "UPDATE TokenRecords SET token_status = '99' WHERE rowid % 11 = 0")).isPositive();
        }
        CommandLineOutput second = run.local("--verify");
        assertThat(second.exitCode()).as(second.out() + second.err()).isEqualTo(ExitCode.DONE);
        assertThat(second.out()).contains("the table is equal to 3 of 3 nodes");
        run.assertTruth(truth);
        assertThat(CommandLineOutput.of("local", "--nodes", run.nodes().toString(), "--verify").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatIsDeadLetteredShowsInReportAndExitCode() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 3, 1_500, 2).withMachines(1));
        CommandLineOutput output = run.local();
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(output.out()).contains("token_id_missing");
        assertReported(output);
        truth.unreadable().forEach(file -> assertThat(output.out()).contains(file.path()));
        run.assertTruth(truth);
    }

    @Test
    void whatLooksLikeANodeAndIsNotReadIsNamedAndADatabaseCanBeAskedFor() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 1, 200, 11).withMachines(1).flawless());
        Path database = run.nodes().resolve(truth.nodes().getFirst().dbPath());
        Files.move(database, database.resolveSibling("rubixtest.db"));
        Files.createDirectories(run.nodes().resolve("v1/.ipfs"));
        Files.createFile(run.nodes().resolve("v1/config.toml"));
        CommandLineOutput nothing = run.local();
        assertThat(nothing.exitCode()).as(nothing.out() + nothing.err()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(nothing.out()).contains("rubixtest.db is not configured", "--databases",
                "v1/config.toml: is of a node of Rubix v1");
        CommandLineOutput both = run.local("--databases", "rubix.db,rubixtest.db");
        assertThat(both.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(both.out()).contains("config.toml").doesNotContain("is not configured");
        assertThat(LocalRuns.published(both)).isPositive();
    }

    @Test
    void contentComesWithTheFirstRunThatWantsItAndStaysWithOneThatDoesNot() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 3, 1_500, 10).withMachines(1).flawless());
        CommandLineOutput essential = run.local("--essential-only");
        assertThat(essential.exitCode()).as(essential.out() + essential.err()).isEqualTo(ExitCode.DONE);
        assertThat(LocalRuns.published(essential)).isEqualTo(truth.rowCount());
        assertThat(run.count("ipfs_fetched = 0 AND ipfs_error IS NULL AND token_status IS NOT NULL"))
                .isEqualTo(truth.rowCount());
        assertThat(LocalRuns.published(run.local("--essential-only"))).isZero();

        assertThat(LocalRuns.published(run.local())).isEqualTo(truth.rowCount());
        run.assertTruth(truth);
        long fetched = run.count("ipfs_fetched = 1");
        assertThat(fetched).isPositive();

        Truth changed = run.churn(40);
        assertThat(LocalRuns.published(run.local("--essential-only"))).isPositive().isLessThan(200);
        assertThat(run.count("ipfs_fetched = 1")).isEqualTo(fetched);
        assertThat(LocalRuns.published(run.local())).isPositive().isLessThan(200);
        run.assertTruth(changed);
    }

    @Test
    void askingAgainForContentChangesNothingThatIsThere() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 3, 1_500, 9).withMachines(1));
        run.local();
        assertThat(run.refetch("pending", "--dry-run").out()).contains("rows would be asked for");
        CommandLineOutput asked = run.refetch("all");
        assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.DONE);
        assertThat(asked.out()).contains("%,d rows are asked for".formatted(EmbeddedConnection
                .check(run.data(), truth, LocalRuns.SOURCE_IP).matching()));
        CommandLineOutput again = run.local();
        assertThat(again.exitCode()).as(again.out() + again.err()).isEqualTo(ExitCode.INCOMPLETE);
        run.assertTruth(truth);
        assertThat(run.refetch("everything").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aReplayWritesNothingThatIsThere() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 2, 500, 8).withMachines(1).flawless());
        CommandLineOutput first = run.local();
        assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(ExitCode.DONE);
        CommandLineOutput replay = CommandLineOutput.of("replay", "--data", run.data().toString(), "--topic",
                "tokens.enriched", "--from", "beginning");
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isEqualTo(ExitCode.DONE);
        assertThat(replay.out()).contains("done and verified");
        CommandLineOutput status = CommandLineOutput.of("status", "--data", run.data().toString());
        assertThat(status.out()).contains("COMPLETED", "%,d published, %,d in the table".formatted(truth.rowCount(),
                truth.rowCount()));
        CommandLineOutput again = run.local();
        assertThat(again.out()).contains("table      %,d unchanged".formatted(truth.rowCount()));
        run.assertTruth(truth);
    }

    @Test
    void whatItsFileSaysIsDoneAndOptionsWin() throws Exception {
        Simulation.write(SimulationPlan.of(run.nodes(), 3, 300, 4).withMachines(1).flawless());
        List<Path> found;
        try (Stream<Path> files = Files.walk(run.nodes())) {
            found = files.filter(file -> file.endsWith("Rubix/rubix.db")).map(file -> file.getParent().getParent())
                    .sorted().toList();
        }
        Path file = Files.writeString(directory.resolve("local.yaml"),
                "local:\n  data: " + run.data() + "\nscanner:\n  roots: [" + run.nodes() + "]\n  source-ip: 10.0.0.1\n"
                        + "  exclude: [\"" + found.getFirst() + "\"]\n  aliases:\n    " + found.getLast()
                        + ": the-last\n");
        CommandLineOutput output = CommandLineOutput.of("local", "--config", file.toString(), "--once", "--source-ip",
                LocalRuns.SOURCE_IP);
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.DONE);
        assertThat(output.out()).contains("databases  2 found");
        assertThat(run.count("node_name = 'the-last' AND source_ip = '" + LocalRuns.SOURCE_IP + "'")).isPositive();
        assertThat(run.count("source_ip = '10.0.0.1'")).isZero();
        CommandLineOutput cleared = CommandLineOutput.typed("CLEAR\n", "schema", "clear", "--config", file.toString());
        assertThat(cleared.exitCode()).as(cleared.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.count("1 = 1")).isZero();
    }

    @Test
    void aDirectoryThatIsNoneOfOursIsRejectedAndLeftAlone() {
        CommandLineOutput replay = CommandLineOutput.of("replay", "--data", run.data().toString(), "--topic",
                "tokens.enriched", "--from", "beginning");
        assertThat(replay.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(replay.err()).contains("is not a data directory");
        assertThat(run.data()).doesNotExist();
    }

    @Test
    void aDatabaseThatIsNewToTheDataDirectoryGetsEverything() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 2, 500, 7).withMachines(1).flawless());
        run.local();
        try (Stream<Path> files = Files.list(run.data())) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("tokens.db")).toList()) {
                Files.delete(file);
            }
        }
        assertThat(run.local().exitCode()).isEqualTo(ExitCode.DONE);
        run.assertTruth(truth);
    }

    /** The session's id and report, and why not all of it has arrived, also by status. */
    private void assertReported(CommandLineOutput output) throws IOException {
        Matcher session = SESSION.matcher(output.out());
        assertThat(session.find()).as(output.out()).isTrue();
        assertThat(Files.readString(Path.of(session.group(2)))).contains("\"total_databases_found\"", session.group(1));
        assertThat(Files.readString(run.data().resolve("logs/tokensync.log"))).contains("Progress: 100.0% | Records: ");
        String status = CommandLineOutput.of("status", "--data", run.data().toString()).out();
        assertThat(status).contains(session.group(1), " rejected, 0 dead-lettered", "rejected by the scanner",
                "token_id_missing", "databases not read", "not read  ");
    }
}

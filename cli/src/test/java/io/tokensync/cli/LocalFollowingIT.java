package io.tokensync.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
import static org.awaitility.Awaitility.await;

/** {@code local} while it follows the nodes: what is done beside it, and how it ends. */
class LocalFollowingIT {
    private static final Pattern PAGE = Pattern.compile("status page: (http://127\\.0\\.0\\.1:\\d+/)");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private LocalRuns run;

    @BeforeEach
    void chooseDirectory() {
        run = new LocalRuns(directory);
    }

    @Test
    void stoppingItAtAnyMomentLosesNothing() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 4, 4_000, 3).withMachines(1).flawless());
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), run.arguments(false))) {
            await().atMost(LONGEST_WAIT).until(() -> Files.exists(directory.resolve("data/agents/local")));
            following.stop();
            assertThat(following.output()).contains("read  ", "published  ", "written  ", "dead-lettered ",
                    "in flight  ",
                    "nothing is lost", "status page: http://127.0.0.1:");
        }
        CommandLineOutput output = run.local();
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.DONE);
        run.assertTruth(truth);
    }

    @Test
    void thePageShowsWhatARunThatFollowsDoes() throws Exception {
        Simulation.write(SimulationPlan.of(run.nodes(), 2, 300, 5).withMachines(1).flawless());
        String[] arguments = Stream.concat(Arrays.stream(run.arguments(false)), Stream.of("--page", "0"))
                .toArray(String[]::new);
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), arguments);
                HttpClient browser = HttpClient.newHttpClient()) {
            await().atMost(LONGEST_WAIT).until(() -> PAGE.matcher(following.output()).find());
            Matcher page = PAGE.matcher(following.output());
            assertThat(page.find()).isTrue();
            HttpRequest overview = HttpRequest.newBuilder(URI.create(page.group(1) + "api/overview")).build();
            await().atMost(LONGEST_WAIT).untilAsserted(
                    () -> assertThat(browser.send(overview, HttpResponse.BodyHandlers.ofString()).body())
                            .contains("\"sessions\":{\"COMPLETED\":1}"));
        }
    }

    @Test
    void aKillAtAnyMomentLosesNothing() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 4, 20_000, 6).withMachines(1).flawless());
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), run.arguments(false))) {
            await().atMost(LONGEST_WAIT).ignoreExceptions().until(
                    () -> EmbeddedConnection.check(run.data(), truth, LocalRuns.SOURCE_IP)
                            .matching() > 0);
            following.kill();
        }
        CommandLineOutput output = run.local();
        assertThat(output.exitCode()).as(output.out() + output.err()).isEqualTo(ExitCode.DONE);
        run.assertTruth(truth);
    }

    @Test
    void followingSeesAChangeWithinSeconds() throws Exception {
        Simulation.write(SimulationPlan.of(run.nodes(), 2, 500, 4).withMachines(1).flawless());
        run.local();
        Truth changed = run.churn(20);
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), run.arguments(false))) {
            await().atMost(LONGEST_WAIT).pollInterval(Duration.ofMillis(500)).ignoreExceptions()
                    .untilAsserted(() -> run.assertTruth(changed));
            following.stop();
        }
    }

    @Test
    void twoProcessesDoNotShareADataDirectory() throws Exception {
        Simulation.write(SimulationPlan.of(run.nodes(), 1, 10, 5).withMachines(1).flawless());
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), run.arguments(false))) {
            await().atMost(LONGEST_WAIT).until(() -> following.output().contains("following"));
            CommandLineOutput second = run.local();
            assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(second.err()).contains("another tokensync process").contains("--data");
            CommandLineOutput checked = CommandLineOutput.of("check", "--data", run.data().toString());
            assertThat(checked.exitCode()).as(checked.out()).isEqualTo(ExitCode.DONE);
            assertThat(checked.out()).containsPattern("passed +broker inside .*1 broker, 12 topics");
            following.stop();
        }
    }

    @Test
    void contentIsAskedForAgainBesideARunThatFollows() throws Exception {
        Truth truth = Simulation.write(SimulationPlan.of(run.nodes(), 2, 300, 12).withMachines(1).flawless());
        run.local();
        try (StageProcess following = StageProcess.start(directory.resolve("local.log"), run.arguments(false))) {
            await().atMost(LONGEST_WAIT).until(() -> following.output().contains("following"));
            assertThat(run.refetch("all", "--dry-run").out())
                    .contains("%,d rows would be asked for".formatted(truth.rowCount()));
            CommandLineOutput asked = run.refetch("all");
            assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.DONE);
            assertThat(asked.out()).contains("%,d rows are asked for".formatted(truth.rowCount()));
            following.stop();
        }
        run.assertTruth(truth);
    }
}

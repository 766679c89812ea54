package io.tokensync.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.standalone.data.LocalBroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a {@code local} that runs lets others do: its user everything that only reads, other users nothing. */
class LocalSecurityIT {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final String NOBODY = "65534";
    private static final String MURDEROUS = "SELECT LENGTH(LPAD('x', 400000000, 'y'))";

    @TempDir
    Path directory;

    @Test
    void othersAreKeptOutAndItsUserReadsBesideIt() throws Exception {
        Simulation.write(SimulationPlan.of(directory.resolve("nodes"), 3, 500, 21).withMachines(1));
        try (StageProcess local = StageProcess.start(directory.resolve("local.log"), "local", "--nodes",
                directory.resolve("nodes").toString(), "--data", data(), "--source-ip", "10.1.1.1", "--no-page")) {
            await().atMost(LONGEST_WAIT).pollInterval(Duration.ofSeconds(1))
                    .until(() -> CommandLineOutput.of("status", "--data", data()).out().contains("COMPLETED"));
            assertThat(open(directory.resolve("data"))).isEmpty();
            assertTheBrokerAsksForASecret();
            assertEverythingThatReadsWorks();
            assertAQueryHarmsOnlyItself();
            assertAnotherUserSeesNothing();
            assertThat(local.isAlive()).as(local.output()).isTrue();
            local.stop();
        }
        assertThat(directory.resolve("data/broker.access")).doesNotExist();
        assertThat(open(directory.resolve("data"))).isEmpty();
    }

    private void assertTheBrokerAsksForASecret() {
        String address = LocalBroker.running(directory.resolve("data")).orElseThrow().bootstrapServers();
        try (Admin stranger = Admin.create(Map.of("bootstrap.servers", address, "default.api.timeout.ms", "5000",
                "request.timeout.ms", "5000"))) {
            assertThatThrownBy(() -> stranger.listTopics().names().get()).isInstanceOf(ExecutionException.class);
        }
    }

    private void assertEverythingThatReadsWorks() {
        for (String[] command : new String[][]{{"status"}, {"dlq", "list"}, {"audit"}}) {
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--data", data()));
            CommandLineOutput output = CommandLineOutput.of(arguments.toArray(String[]::new));
            assertThat(output.exitCode()).as(arguments + output.out() + output.err()).isIn(ExitCode.DONE,
                    ExitCode.INCOMPLETE);
        }
        await().atMost(LONGEST_WAIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            CommandLineOutput rows = CommandLineOutput.of("query", "--data", data(), "--format", "csv",
                    "SELECT COUNT(*) FROM TokenRecords");
            assertThat(rows.exitCode()).as(rows.err()).isEqualTo(ExitCode.DONE);
            assertThat(Long.parseLong(rows.out().lines().skip(1).findFirst().orElseThrow()))
                    .as(CommandLineOutput.of("status", "--data", data()).out()).isPositive();
        });
    }

    private void assertAQueryHarmsOnlyItself() {
        try (StageProcess query = StageProcess.start(directory.resolve("query.log"), "query", "--data", data(),
                MURDEROUS)) {
            await().atMost(LONGEST_WAIT).until(() -> !query.isAlive());
        }
        CommandLineOutput tooLong = CommandLineOutput.of("query", "--data", data(), "--timeout", "1s",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n");
        assertThat(tooLong.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(tooLong.err()).contains("--timeout");
    }

    private void assertAnotherUserSeesNothing() throws Exception {
        if (!isRoot()) {
            System.err.println("not tried as another user: this test does not run as root");
            return;
        }
        for (String path : List.of("data/broker.access", "data/logs/tokensync.log", "data/tokens.db",
                "data/tokens.db-wal")) {
            assertThat(directory.resolve(path)).exists();
            Process cat = new ProcessBuilder("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
                    "cat", directory.resolve(path).toString()).redirectErrorStream(true).start();
            String said = new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(cat.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(cat.exitValue()).as(said).isNotZero();
            assertThat(said).contains("Permission denied");
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.exists(Path.of("/proc/self"))
                && Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                && Optional.ofNullable(System.getenv("PATH")).stream().flatMap(path -> Stream.of(path.split(":")))
                        .anyMatch(part -> Files.isExecutable(Path.of(part, "setpriv")));
    }

    /** What group or others may do anything with. */
    private static List<Path> open(Path root) throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).endsWith("------")) {
                    open.add(path);
                }
            }
        }
        return open;
    }

    private String data() {
        return directory.resolve("data").toString();
    }
}

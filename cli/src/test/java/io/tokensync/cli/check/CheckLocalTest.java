package io.tokensync.cli.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;

import static org.assertj.core.api.Assertions.assertThat;

/** What is tried on this machine, without a cluster. */
class CheckLocalTest {
    @TempDir
    private Path directory;

    @Test
    void nodesAreFoundAndATreeWithoutAnyIsAFault() throws Exception {
        Simulation.write(SimulationPlan.of(directory.resolve("nodes"), 2, 20, 1).withMachines(1).flawless());
        CommandLineOutput found = check("--nodes", directory.resolve("nodes").toString());
        assertThat(found.exitCode()).as(found.out()).isEqualTo(ExitCode.DONE);
        assertThat(found.out()).containsPattern("passed +nodes .*2 databases");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThat(check("--nodes", empty.toString()).out()).containsPattern("FAILED +nodes .*no rubix.db");
        CommandLineOutput missing = check("--nodes", directory.resolve("none").toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.out()).contains("does not exist", "correct the path");
    }

    @Test
    void aNodeThatCannotBeReadIsNamed() throws Exception {
        Simulation.write(SimulationPlan.of(directory.resolve("nodes"), 2, 20, 1).withMachines(1).flawless());
        Path database;
        try (Stream<Path> files = Files.walk(directory.resolve("nodes"))) {
            database = files.filter(file -> file.endsWith("rubix.db")).findFirst().orElseThrow();
        }
        Files.writeString(database, "no database at all");
        CommandLineOutput output = check("--nodes", directory.resolve("nodes").toString());
        assertThat(output.exitCode()).as(output.out()).isEqualTo(ExitCode.FAILED);
        assertThat(output.out()).contains(database + ": is no SQLite database");
    }

    @Test
    void theFileOfLocalIsTriedWithItsDirectoryAndItsAlerts() throws Exception {
        Simulation.write(SimulationPlan.of(directory.resolve("nodes"), 2, 20, 1).withMachines(1).flawless());
        Queue<String> received = new ConcurrentLinkedQueue<>();
        HttpServer people = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        people.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        people.start();
        try {
            Path file = write("local.yaml", "local:\n  data: " + directory.resolve("data") + "\nscanner:\n  roots: ["
                    + directory.resolve("nodes") + "]\nmonitor:\n  alerts:\n    webhook:\n      url: http://127.0.0.1:"
                    + people.getAddress().getPort() + "/secret-hook\n");
            CommandLineOutput silent = check("--config", file.toString());
            assertThat(silent.exitCode()).as(silent.out() + silent.err()).isEqualTo(ExitCode.DONE);
            assertThat(silent.out()).containsPattern("passed +nodes").containsPattern("passed +data directory")
                    .containsPattern("passed +database inside").containsPattern("passed +alerts +[\\d,]+ ms +webhook")
                    .doesNotContain("secret-hook", "Kafka connection");
            assertThat(received).isEmpty();
            CommandLineOutput sent = check("--send-test", "--json", "--config", file.toString());
            assertThat(sent.exitCode()).as(sent.out()).isEqualTo(ExitCode.DONE);
            assertThat(received).hasSize(1).first().asString().contains("test of the alerts");
            assertThat(directory.resolve("data")).doesNotExist();
        } finally {
            people.stop(0);
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path inTheWay = Files.createFile(directory.resolve("file"));
        CommandLineOutput output = check("--data", inTheWay.resolve("data").toString());
        assertThat(output.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(output.out()).containsPattern("FAILED +data directory .*is no directory; give this user the right");
    }

    @Test
    void withoutAnythingToTryItSaysWhatThereIs() {
        CommandLineOutput output = check();
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("--config FILE", "--nodes DIR", "--sql-file FILE");
    }

    @Test
    void whatAStageRejectsIsRejectedInTheSameWords() throws IOException {
        for (String wrong : List.of("writer:\n  bacth:\n    rows: 5\n  sql:\n    url: \"jdbc:sqlite:x.db\"\n",
                "writer:\n  sql:\n    url: \"jdbc:sqlite:x.db\"\ntopics:\n  enriched:\n    partitons: 5\n")) {
            Path file = write("writer.yaml", wrong);
            CommandLineOutput writer = CommandLineOutput.of("writer", "--check-config", "--config", file.toString());
            CommandLineOutput check = check("--config", file.toString());
            assertThat(writer.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(check.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(check.err()).isEqualTo(writer.err()).contains("unknown key; did you mean");
        }
    }

    @Test
    void aMistakeIsSaidOfTheFileThatHasIt() throws IOException {
        Path writer = write("writer.yaml", "writer:\n  sql:\n    url: \"jdbc:sqlite:x.db\"\n");
        Path topics = write("topics.yaml", "topics:\n  scanned:\n    partitions: many\n");
        CommandLineOutput output = check("--config", writer.toString(), topics.toString());
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("topics.yaml", "topics.scanned.partitions = many (line 3)")
                .doesNotContain("writer.yaml");
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml);
    }

    private static CommandLineOutput check(String... arguments) {
        return CommandLineOutput.of(Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new));
    }
}

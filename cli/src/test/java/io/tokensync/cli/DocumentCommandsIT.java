package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.embedded.EmbeddedKafkaOptions;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documents tell to type is typed, in their order: what would run until Ctrl-C with {@code --check-config} and the files
 * of {@code deploy/config}, operators' commands with the {@code --data} of a {@code local} that has run, in place of the files of a
 * cluster.
 */
class DocumentCommandsIT {
    private static final Set<String> STAGES = Set.of("scanner", "enricher", "writer", "monitor");

    @TempDir
    private Path directory;
    private String brokers;

    @Test
    void everyCommandOfABlockDoesWhatItSays() throws Exception {
        Simulation.write(SimulationPlan.of(directory.resolve("nodes"), 3, 1_500, 2).withMachines(1));
        Files.writeString(directory.resolve("sql"), "secret");
        Set<List<String>> done = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(directory.resolve("kafka")))) {
            brokers = kafka.bootstrapServers();
            for (DocumentCommand command : DocumentCommands.all()) {
                List<String> arguments = command.isRun() ? arguments(command.arguments()) : List.of();
                if (command.isRun() && done.add(arguments)) {
                    CommandLineOutput output = CommandLineOutput.of(arguments.toArray(String[]::new));
                    if (output.exitCode() != expected(command)) {
                        wrong.add(command + ", as " + arguments + ", ends with " + output.exitCode() + ": "
                                + output.out() + output.err());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(done).hasSizeGreaterThan(20);
    }

    /** Some rows of the nodes are dead-lettered, and tokens of them free on several: that is said in the end. */
    private static int expected(DocumentCommand command) {
        boolean speaksOfThem = command.words().contains("--once")
                || (command.words().contains("audit") && !command.words().contains("report"));
        return speaksOfThem ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }

    /** What to type here in place of what the document says. */
    private List<String> arguments(List<String> said) throws IOException {
        String command = said.getFirst();
        boolean stage = STAGES.contains(command) && said.get(1).startsWith("-");
        boolean local = command.equals("local");
        boolean endless = stage || (local && !said.contains("--once"));
        List<String> arguments = new ArrayList<>();
        for (String word : said) {
            if (word.endsWith(".yaml") && !endless && !command.equals("topics")) {
                arguments.set(arguments.size() - 1, "--data");
                arguments.add(data());
            } else {
                arguments.add(word.endsWith(".yaml") ? config(word, endless) : here(word));
            }
        }
        if (endless) {
            arguments.add("--check-config");
        } else if (local) {
            arguments.addAll(List.of("--data", data()));
        } else if (command.equals("demo")) {
            arguments
                    .addAll(List.of("--dir", directory.resolve("tokensync-demo").toString(), "--nodes", "4", "--tokens",
                            "2000"));
        }
        return arguments;
    }

    private String here(String word) throws IOException {
        return switch (word) {
            case "/datadrive/Rubix" -> directory.resolve("nodes").toString();
            case "tokensync-demo/data", "report.html", "report.json", "tokens.csv", "tokens.parquet" ->
                directory.resolve(word).toString();
            case "/run/secrets/sql" -> directory.resolve("sql").toString();
            case "0:1712" -> "0:0";
            case "SESSION" -> session();
            default -> word;
        };
    }

    /** The example, or the same for the broker of this test. */
    private String config(String name, boolean asItIs) throws IOException {
        Path example = DocumentCommands.ROOT.resolve("deploy/config").resolve(name);
        return asItIs
                ? example.toString()
                : Files.writeString(directory.resolve(name), Files.readString(example).replace("kafka:9092",
                        brokers)).toString();
    }

    private String data() {
        return directory.resolve("tokensync-data").toString();
    }

    /** That of the run before. */
    private String session() throws IOException {
        try (Stream<Path> reports = Files.list(Path.of(data(), "reports"))) {
            return reports.map(report -> report.getFileName().toString().replace(".json", "")).findFirst()
                    .orElseThrow();
        }
    }
}

package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void sqlCredentialsNeedAnAddress() {
        CommandLineOutput output = CommandLineOutput.of("local", "--nodes", directory.toString(), "--sql-user",
                "writer");
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("--sql ADDRESS");
    }
}

package io.tokensync.cli.access;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.testkit.golden.Golden;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code topics grants} prints. */
class GrantsCommandTest {
    @TempDir
    private Path directory;

    @Test
    void theCommandsOfEachRole() {
        StringBuilder all = new StringBuilder();
        for (KafkaRole role : KafkaRole.values()) {
            all.append(out("--role", role.option()));
        }
        Golden.files().check("grants.txt", all.toString());
    }

    @Test
    void namesComeFromAllFilesAndTheAddressFromTheFirst() throws Exception {
        Path first = Files.writeString(directory.resolve("writer.yaml"),
                "kafka:\n  bootstrap-servers: one.example.com:9093\nwriter:\n  group: ours\n");
        Path second = Files.writeString(directory.resolve("topics.yaml"), """
                kafka:
                  bootstrap-servers: other:9092
                topics:
                  enriched:
                    name: rows of ours
                monitor:
                  group: watchers
                """);
        String writer = out("--role", "writer", "--principal", "User:CN=writer 1,O='ours'", "--config",
                first.toString(), second.toString());
        assertThat(writer).contains("--bootstrap-server one.example.com:9093", "--topic 'rows of ours'",
                "--group ours --group ours-sessions", "--transactional-id ours-",
                "--allow-principal 'User:CN=writer 1,O='\\''ours'\\'''").doesNotContain("tokensync-writer");
        assertThat(out("--role", "monitor", "--config", first.toString(), second.toString()))
                .contains("--resource-pattern-type prefixed", "--topic watchers-");
    }

    @Test
    void theSameAsATableAndAsJson() {
        assertThat(out("--role", "scanner", "--table")).contains("topic     tokens.scanned      Write");
        assertThat(out("--role", "enricher", "--json")).contains("\"resource\" : \"transactional-id\"",
                "\"name\" : \"tokensync-enricher-\"", "\"prefix\" : true", "\"operations\" : [ \"Read\", \"Write\" ]");
    }

    @Test
    void whatMakesNoSenseIsAskedBack() {
        assertThat(err("--role", "writer", "--dry-run")).contains("--dry-run is for --apply");
        assertThat(err("--role", "writer", "--apply")).contains("--apply needs --config FILE");
        assertThat(err("--role", "writer", "--principal", "ann")).contains("User:ann");
        assertThat(err("--role", "auditor")).contains("--role");
    }

    private static String out(String... options) {
        CommandLineOutput output = run(options);
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        return output.out();
    }

    private static String err(String... options) {
        CommandLineOutput output = run(options);
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        return output.err();
    }

    private static CommandLineOutput run(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "topics";
        arguments[1] = "grants";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandLineOutput.of(arguments);
    }
}

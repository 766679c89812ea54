package io.tokensync.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** On the embedded table, and what may be typed. */
class VerifyFileTest extends VerifyFileContract {
    @Override
    SqlSettings settings() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        return EmbeddedDatabase.of(directory.resolve("data")).settings();
    }

    @Override
    List<String> options() {
        return List.of("--data", directory.resolve("data").toString());
    }

    @Test
    void aConfigurationOfWriterMonitorOrLocalNamesTheDatabase() throws Exception {
        String url = settings().url();
        for (String yaml : List.of("kafka.bootstrap-servers: b:9092\nwriter.sql.url: \"" + url + "\"\n",
                "kafka.bootstrap-servers: b:9092\nmonitor.sql.url: \"" + url + "\"\nwriter.group: w\n",
                "local.data: \"" + directory.resolve("data") + "\"\n")) {
            Path config = Files.writeString(directory.resolve("config.yaml"), yaml);
            CommandLineOutput told = typed("--config", config.toString(), "--node", "10.0.0.1/node1");
            assertThat(told.exitCode()).as(yaml + told.err()).isEqualTo(ExitCode.DONE);
            assertThat(told.out()).contains("equal: ");
        }
        Path config = Files.writeString(directory.resolve("config.yaml"),
                "kafka.bootstrap-servers: b:9092\nmonitor.interval: 5s\n");
        assertThat(typed("--config", config.toString(), "--node", "10.0.0.1/node1").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aDatabaseWithoutTheTableIsExplained() throws Exception {
        run("DROP VIEW dbo.vw_Nodes");
        CommandLineOutput told = verify("--node", "10.0.0.1/nobody");
        assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told.err()).contains("the table could not be asked", "schema validate");
    }

    @Test
    void withoutATableTheDigestOfTheCopyIsTold() throws Exception {
        String digest = node.copy().contents().digest().digest();
        assertThat(typed().out()).contains("copy.db: 60 rows, digest " + digest);
        assertThat(typed("--json").out()).containsIgnoringWhitespaces("\"digest\":\"" + digest + "\"");
        assertThat(CommandLineOutput.of("verify", "--file", directory.resolve("none.db").toString()).exitCode())
                .isEqualTo(ExitCode.FAILED);
        CommandLineOutput nowhere = typed("--node", "10.0.0.1/node1", "--data", directory.resolve("none").toString());
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(nowhere.err()).contains("there is no database under");
    }

    @Test
    void whatDoesNotGoTogetherIsSaid() {
        assertThat(typed("--node", "10.0.0.1/node1").err()).contains("go with a database to compare the file with");
        assertThat(typed("--format", "csv").exitCode()).isEqualTo(ExitCode.USAGE);
        for (String option : List.of("--wait", "--repair", "--dry-run", "--all")) {
            assertThat(typed(option).err()).contains(option + " is for agents, and --file asks none");
        }
        assertThat(verify("--node", "10.0.0.1/node1", "--sql", "jdbc:sqlite:x.db").err())
                .contains("name a database each; leave one");
        assertThat(verify("--node", "10.0.0.1/node1", "--limit", "0").err()).contains("at least 1");
        CommandLineOutput agents = CommandLineOutput.of("verify", "--data", "x", "--limit", "3");
        assertThat(agents.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(agents.err()).contains("go with --file FILE");
        assertThat(CommandLineOutput.of("verify").err()).contains("--state DIR, --config FILE and --data DIR");
    }

    private CommandLineOutput typed(String... arguments) {
        List<String> all = new ArrayList<>(List.of("verify", "--file", node.file().toString()));
        all.addAll(List.of(arguments));
        return CommandLineOutput.of(all.toArray(String[]::new));
    }
}

package io.tokensync.cli.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.tds.SqlServerEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/** The export through Microsoft's driver. */
class ExportWireIT {
    private final SqlServerEndpoint endpoint = SqlServerEndpoint.start();

    @TempDir
    private Path directory;

    @BeforeEach
    void tokens() throws Exception {
        SqlSettings settings = SqlSettings.of(endpoint.jdbcUrl(false), Optional.of(endpoint.user()),
                Optional.of(Secret.of(endpoint.password())));
        try (AuditedTable table = new AuditedTable(settings)) {
            table.read(Reading.of("Qm1", "n", "free", "=1+1", "T"), Reading.of("Qm2", "n", "free", "A", "T"));
        }
        Files.writeString(directory.resolve("password"), endpoint.password());
    }

    @AfterEach
    void stopEndpoint() {
        endpoint.close();
    }

    @Test
    void aTableAndAViewAreWritten() throws Exception {
        Path file = directory.resolve("tokens.csv");
        CommandLineOutput run = export("--table", "tokenrecords", "--out", file.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(file).content().contains("source_ip", ",'=1+1,", "Qm1", "Qm2");
        assertThat(export("--table", "vw_Tokens", "--format", "jsonl").out()).hasLineCount(2).contains("\"=1+1\"",
                "\"is_deleted\":false");
    }

    @Test
    void aTableThatIsNotThereIsAnsweredWithThoseThatAre() {
        CommandLineOutput run = export("--table", "Tokens");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("TokenRecords", "vw_Tokens").doesNotContain(endpoint.password());
    }

    private CommandLineOutput export(String... arguments) {
        String[] all = new String[arguments.length + 7];
        String[] where = {"export", "--sql", endpoint.jdbcUrl(false), "--sql-user", endpoint.user(),
                "--sql-password-file", directory.resolve("password").toString()};
        System.arraycopy(where, 0, all, 0, where.length);
        System.arraycopy(arguments, 0, all, where.length, arguments.length);
        return CommandLineOutput.of(all);
    }
}

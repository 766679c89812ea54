package io.tokensync.cli.schema;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.tds.SqlServerExtension;
import io.tokensync.tds.faults.AzureErrors;
import io.tokensync.tds.faults.Effect;

import static io.tokensync.tds.faults.Occasion.login;
import static io.tokensync.tds.faults.Occasion.statement;
import static org.assertj.core.api.Assertions.assertThat;

/** The schema's commands on a database that is away. */
@ExtendWith(SqlServerExtension.class)
class SchemaAwayIT {
    private static final String SECRET = "pa55word-of-the-migration";

    @TempDir
    private Path directory;

    @Test
    void aDatabaseThatWakesUpIsWaitedForAndNamed(SqlServerEndpoint endpoint) throws Exception {
        endpoint.script().on(login(1).times(2), new Effect.Fail(AzureErrors.databaseUnavailable()));
        CommandLineOutput output = CommandLineOutput.of("schema", "migrate", "--config",
                configuration(endpoint.jdbcUrl(false), endpoint.user(), endpoint.password()));
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        assertThat(output.err()).contains("waiting for database", endpoint.host() + ":" + endpoint.port(), "40613")
                .doesNotContain(endpoint.password());
        assertThat(output.out()).contains("scripts run: ");
    }

    /** A large table takes its time; the writer's timeouts are not for it. */
    @Test
    void aStatementThatTakesLongerThanABatchMayIsWaitedFor(SqlServerEndpoint endpoint) throws Exception {
        endpoint.script().on(statement("CREATE TABLE dbo.TokenRecords"), new Effect.Stall(Duration.ofSeconds(3)));
        String configuration = configuration(endpoint.jdbcUrl(false) + ";socketTimeout=2000", endpoint.user(),
                endpoint.password());
        Path file = Path.of(configuration);
        Files.writeString(file,
                Files.readString(file).replace("connect-timeout", "query-timeout: 1s\n    connect-timeout"));
        CommandLineOutput output = CommandLineOutput.of("schema", "migrate", "--config", configuration);
        assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.DONE);
        assertThat(endpoint.script().pending()).isZero();
        assertThat(endpoint.record().cancelled()).isZero();
    }

    @Test
    void aDatabaseThatDoesNotComeIsNamedInTheEnd() throws Exception {
        int port = closedPort();
        String url = "jdbc:sqlserver://127.0.0.1:" + port + ";databaseName=tokens";
        for (String command : new String[]{"migrate", "validate", "clear"}) {
            CommandLineOutput output = CommandLineOutput.of("schema", command, "--wait", "2s", "--config",
                    configuration(url, "somebody", SECRET));
            assertThat(output.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(output.err()).contains("the database does not answer", "database tokens on 127.0.0.1:" + port)
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void aWrongPasswordIsNotWaitedFor(SqlServerEndpoint endpoint) throws Exception {
        // A login that is slow, as on a busy machine, is waited for with every right.
        String configuration = configuration(endpoint.jdbcUrl(false), endpoint.user(), SECRET);
        Path file = Path.of(configuration);
        Files.writeString(file, Files.readString(file).replace("connect-timeout: 5s", "connect-timeout: 60s"));
        CommandLineOutput output = CommandLineOutput.of("schema", "validate", "--config", configuration);
        assertThat(output.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(output.err()).contains("the database rejects", "18456", endpoint.host())
                .doesNotContain("waiting for", SECRET);
    }

    @Test
    void aWaitThatIsNoDurationIsExplained() throws Exception {
        CommandLineOutput output = CommandLineOutput.of("schema", "migrate", "--wait", "long", "--config", "x.yaml");
        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("such as 250ms, 30s or 6h");
    }

    private String configuration(String url, String user, String password) throws IOException {
        Path file = directory.resolve("writer.yaml");
        Files.writeString(file, "writer:\n  sql:\n    connect-timeout: 5s\n    url: \"" + url + "\"\n    user: " + user
                + "\n    password: \"" + password + "\"\n");
        return file.toString();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package io.tokensync.cli.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.tds.SqlServerEndpoint;
import io.tokensync.tds.SqlServerExtension;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(SqlServerExtension.class)
class CheckCommandIT {
    private static final String SECRET = "pa55word-of-the-check";

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @TempDir
    private Path directory;

    @Test
    void whatWorksScanCycleesAndWhatDoesNotFailsWithItsReasonAndItsCure(SqlServerEndpoint endpoint) throws Exception {
        String names = names("check");
        String writer = write("writer.yaml", kafka() + topics(names, 2) + sql(endpoint, endpoint.password()));
        String enricher = write("enricher.yaml", kafka() + topics(names, 2)
                + "enricher:\n  kubo:\n    endpoints: [\"http://127.0.0.1:1\"]\n");
        CommandLineOutput first = CommandLineOutput.of("check", "--config", writer, enricher);
        assertThat(first.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(first.out()).containsPattern("passed +Kafka connection").containsPattern("FAILED +Kafka topics")
                .contains("tokensync topics create").containsPattern("passed +SQL retry")
                .containsPattern("passed +SQL concurrency .* 3 connections").containsPattern("FAILED +SQL schema")
                .contains("tokensync schema migrate").containsPattern("FAILED +IPFS node .*nobody listens there; see")
                .doesNotContain(endpoint.password());
        assertThat(first.out().split("Kafka connection", -1)).as("tried once for both files").hasSize(2);
        assertThat(first.err()).as("a passed retry is no news").isEmpty();
        String create = write("topics.yaml", kafka() + topics(names, 2));
        assertThat(CommandLineOutput.of("topics", "create", "--config", create).exitCode()).isZero();
        assertThat(CommandLineOutput.of("schema", "migrate", "--config", writer).exitCode()).isZero();
        CommandLineOutput accepted = CommandLineOutput.of("writer", "--check-config", "--config", writer);
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        CommandLineOutput all = CommandLineOutput.of("check", "--json", "--config", writer);
        assertThat(all.exitCode()).as(all.out()).isEqualTo(ExitCode.DONE);
        assertThat(all.out()).contains("[ {", "\"check\" : \"SQL schema\"", "\"passed\" : true");
    }

    @Test
    void topicsAreComparedWithWhatTheFilesSay() throws IOException {
        String names = names("counts");
        String create = write("topics.yaml", kafka() + topics(names, 2));
        assertThat(CommandLineOutput.of("topics", "create", "--config", create).exitCode()).isZero();
        assertThat(CommandLineOutput.of("check", "--config", create).exitCode()).isZero();
        String silent = write("silent.yaml", kafka() + names);
        CommandLineOutput unsaid = CommandLineOutput.of("check", "--config", silent);
        assertThat(unsaid.exitCode()).as(unsaid.out()).isEqualTo(ExitCode.DONE);
        String more = write("more.yaml", kafka() + topics(names, 1));
        assertThat(CommandLineOutput.of("check", "--config", more).exitCode()).as("more than said").isZero();
        String fewer = write("fewer.yaml", kafka() + topics(names, 3));
        CommandLineOutput short3 = CommandLineOutput.of("check", "--config", fewer);
        assertThat(short3.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(short3.out()).contains("has 2 partitions, not at least 3", "; change the topic");
        CommandLineOutput together = CommandLineOutput.of("check", "--config", silent, fewer);
        assertThat(together.out()).contains("has 2 partitions, not at least 3");
    }

    @Test
    void aWrongPasswordIsSaidAtOnceAndNotShown(SqlServerEndpoint endpoint) throws Exception {
        Path address = Files.writeString(directory.resolve("connection.txt"), endpoint.jdbcUrl(false) + ";user="
                + endpoint.user() + ";password=" + SECRET);
        CommandLineOutput output = CommandLineOutput.of("check", "--sql-file", address.toString());
        assertThat(output.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(output.out()).containsPattern("FAILED +SQL connection .*18456.*; see user and password")
                .contains("not tried; see SQL connection").doesNotContain(SECRET, "no answer within");
        assertThat(output.err()).doesNotContain(SECRET);
        Files.writeString(address, endpoint.jdbcUrl(false) + ";user=" + endpoint.user() + ";password="
                + endpoint.password());
        CommandLineOutput right = CommandLineOutput.of("check", "--sql-file", address.toString());
        assertThat(right.exitCode()).as(right.out()).isEqualTo(ExitCode.DONE);
        assertThat(right.out()).contains("what is missing is made at the start").doesNotContain("WARNED");
    }

    @Test
    void readersThatWaitForWritersAreAWarningAndNoFailure(SqlServerEndpoint endpoint) throws Exception {
        try (Connection connection = endpoint.data().getConnection(); Statement off = connection.createStatement()) {
            off.execute("UPDATE sys.database_options SET read_committed_snapshot = FALSE");
        }
        Path address = Files.writeString(directory.resolve("connection.txt"), endpoint.jdbcUrl(false) + ";user="
                + endpoint.user() + ";password=" + endpoint.password());
        CommandLineOutput output = CommandLineOutput.of("check", "--sql-file", address.toString());
        assertThat(output.exitCode()).as(output.out()).isEqualTo(ExitCode.DONE);
        assertThat(output.out()).containsPattern("WARNED +SQL settings .*READ_COMMITTED_SNAPSHOT is off.*; while nobody"
                + " else .* runs: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON");
    }

    @Test
    void hostsThatAreDeadOrSilentFailEachForItself() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String writer = write("writer.yaml", "kafka:\n  bootstrap-servers: 127.0.0.1:" + silent.getLocalPort()
                    + "\nwriter:\n  sql:\n    url: \"jdbc:sqlserver://127.0.0.1:" + silent.getLocalPort()
                    + ";databaseName=tokens\"\n    user: u\n    password: p\n");
            String monitor = write("monitor.yaml", "kafka:\n  bootstrap-servers: 127.0.0.1:" + closedPort()
                    + "\nmonitor:\n  sql:\n    url: \"jdbc:sqlserver://127.0.0.1:" + closedPort()
                    + ";databaseName=tokens\"\n    user: u\n    password: p\n");
            CommandLineOutput output = CommandLineOutput.of("check", "--config", writer, monitor);
            assertThat(output.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(output.out().lines().filter(line -> line.matches("FAILED +Kafka connection .*answer.*; see.*")))
                    .hasSize(2);
            assertThat(output.out()).containsPattern(
                    "FAILED +SQL connection .*database tokens on 127.0.0.1:\\d+: no answer within 15 s; see host, port")
                    .containsPattern("FAILED +audit connection .*; see host, port").doesNotContain("passed");
        }
    }

    private String write(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml).toString();
    }

    private static String kafka() {
        return "kafka:\n  bootstrap-servers: " + KAFKA.bootstrapServers() + "\n";
    }

    private static String sql(SqlServerEndpoint endpoint, String password) {
        return "writer:\n  threads: 3\n  sql:\n    url: \"" + endpoint.jdbcUrl(false) + "\"\n    user: "
                + endpoint.user() + "\n    password: \"" + password + "\"\n";
    }

    /** Names of its own, because other tests share the broker. */
    private static String names(String test) {
        StringBuilder names = new StringBuilder("topics:\n");
        for (String topic : new String[]{"scanned", "enriched", "dead-letter", "receipts", "sessions",
                "content-retry"}) {
            names.append("  ").append(topic).append(":\n    name: ").append(KAFKA.name(test)).append('-').append(topic)
                    .append('\n');
        }
        return names.toString();
    }

    private static String topics(String names, int partitions) {
        return names.replaceFirst("(?m)(-scanned|-enriched)$", "$1\n    partitions: " + partitions);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

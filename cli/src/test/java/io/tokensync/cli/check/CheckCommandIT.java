package io.tokensync.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.cli.CommandLineOutput;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.testkit.tds.SqlServerEndpoint;
import io.tokensync.testkit.tds.SqlServerExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(SqlServerExtension.class)
class CheckCommandIT {
    private static final String SECRET = "pa55word-of-the-check";

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @TempDir
    private Path directory;

    @Test
    void whatWorksPassesAndWhatDoesNotFailsWithItsReason(SqlServerEndpoint endpoint) throws Exception {
        Path writer = configuration(endpoint, endpoint.password(), KAFKA.bootstrapServers());
        CommandLineOutput first = CommandLineOutput.of("check", "--config", writer.toString());
        assertThat(first.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(first.out()).containsPattern("passed +Kafka connection").containsPattern("FAILED +Kafka topics")
                .contains("tokensync topics create").containsPattern("passed +SQL retry")
                .containsPattern("passed +SQL concurrency +[\\d,]+ ms +3 connections")
                .containsPattern("FAILED +SQL schema")
                .contains("tokensync schema migrate").containsPattern("FAILED +IPFS")
                .doesNotContain(endpoint.password());
        try (Admin admin = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())).admin("test")) {
            assertThat(TopicSet.from(Settings.load(writer, Map.of())).create(admin)).isNotEmpty();
        }
        Files.writeString(writer, Files.readString(writer).replaceAll("(?s)enricher:.*", ""));
        Path sql = directory.resolve("sql.yaml");
        Files.writeString(sql, Files.readString(writer).replaceAll("(?s)topics:.*writer:", "writer:"));
        assertThat(CommandLineOutput.of("schema", "migrate", "--config", sql.toString()).exitCode()).isZero();
        Files.writeString(writer, Files.readString(writer).replace("threads: 3", "threads: 1"));
        CommandLineOutput all = CommandLineOutput.of("check", "--json", "--config", writer.toString());
        assertThat(all.exitCode()).as(all.out()).isEqualTo(ExitCode.DONE);
        assertThat(all.out()).contains("[ {", "\"check\" : \"SQL schema\"", "\"passed\" : true",
                "2 connections at a time; the writer needs 1");
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown(SqlServerEndpoint endpoint) throws Exception {
        Path writer = configuration(endpoint, SECRET, KAFKA.bootstrapServers());
        CommandLineOutput output = CommandLineOutput.of("check", "--config", writer.toString());
        assertThat(output.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(output.out()).containsPattern("FAILED +SQL connection").contains("18456", "not tried: see SQL")
                .doesNotContain(SECRET);
        assertThat(output.err()).doesNotContain(SECRET);
    }

    private Path configuration(SqlServerEndpoint endpoint, String password, String kafka) throws IOException {
        Path file = directory.resolve("writer.yaml");
        String topics = KAFKA.name("check");
        Files.writeString(file, "kafka:\n  bootstrap-servers: " + kafka + "\ntopics:\n  scanned:\n    name: " + topics
                + "-s\n    partitions: 1\n  enriched:\n    name: " + topics
                + "-e\n    partitions: 1\n" + named("dead-letter", topics) + named("receipts", topics)
                + named("sessions", topics) + named("content-retry", topics) + "writer:\n  threads: 3\n"
                + "  sql:\n    connect-timeout: 5s\n    url: \"" + endpoint.jdbcUrl(false) + "\"\n    user: "
                + endpoint.user() + "\n    password: \"" + password + "\"\n"
                + "enricher:\n  kubo:\n    endpoints: [\"http://127.0.0.1:1\"]\n");
        return file;
    }

    /** Names of its own, because other tests share the broker. */
    private static String named(String topic, String prefix) {
        return "  " + topic + ":\n    name: " + prefix + "-" + topic + "\n";
    }
}

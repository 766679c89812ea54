package io.tokensync.standalone.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.standalone.data.LocalFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LocalSettingsTest {
    private static final String DATABASE = """
            writer:
              sql:
                url: "jdbc:sqlserver://sql.example.com:1433;databaseName=tokens"
                user: writer
                password: of-the-file
            """;

    @TempDir
    private Path directory;

    /** Audit and search ask the embedded table, which nobody has to name. */
    @Test
    void theMonitorReadsTheTableThatTheWriterWrites() throws IOException {
        LocalPlan plan = LocalPlan.of(settings("scanner:\n  interval: 7s\n").settings(Map.of()));
        assertThat(plan.monitor().monitorUi().audit().orElseThrow().sql().url()).isEqualTo(plan.writer().sql().url())
                .startsWith("jdbc:sqlite:").endsWith("tokens.db");
    }

    @Test
    void theFileWinsOverWhatSuitsOneMachineAndOptionsOverTheFile() throws IOException {
        LocalSettings settings = settings("""
                scanner:
                  interval: 7s
                  source-ip: 10.0.0.1
                  databases: [rubix.db, rubixtest.db]
                  exclude: ["/old/**"]
                enricher:
                  wait: 3s
                """).with("scanner.source-ip", "10.0.0.2");
        LocalPlan plan = LocalPlan.of(settings.settings(Map.of()));
        assertThat(plan.agents().getFirst().schedule().interval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(plan.agents().getFirst().identity().sourceIp()).contains("10.0.0.2");
        assertThat(plan.agents().getFirst().discovery().databases()).containsExactly("rubix.db", "rubixtest.db");
        assertThat(plan.agents().getFirst().discovery().exclude()).containsExactly("/old/**");
        assertThat(plan.enricher().longestWait()).isEqualTo(Duration.ofSeconds(3));
        assertThat(plan.agents().getFirst().publish().batchRows()).isPositive();
    }

    @Test
    void theAuditUsesTheWritersDatabaseUnlessTheFileHasALoginOfItsOwn() throws IOException {
        LocalPlan plan = LocalPlan.of(settings(DATABASE).settings(Map.of()));
        SqlSettings audit = plan.monitor().monitorUi().audit().orElseThrow().sql();
        assertThat(plan.writer().sql().user()).contains("writer");
        assertThat(plan.writer().loop().group()).isNotEqualTo("tokensync-writer").startsWith("tokensync-writer-");
        assertThat(audit.url()).contains("sql.example.com");
        assertThat(audit.user()).contains("writer");
        LocalPlan reader = LocalPlan.of(settings(DATABASE + "monitor:\n  sql:\n    user: reader\n").settings(Map.of()));
        assertThat(reader.monitor().monitorUi().audit().orElseThrow().sql().user()).contains("reader");
    }

    @Test
    void theEnvironmentGivesSecretsAndNothingElse() throws IOException {
        Map<String, String> environment = Map.of("TOKENSYNC_WRITER_SQL_PASSWORD", "of-the-environment",
                "TOKENSYNC_KAFKA_BOOTSTRAP_SERVERS", "cluster:9092", "TOKENSYNC_SCANNER_SOURCE_IP", "10.9.9.9",
                "TOKENSYNC_MONITOR_ALERTS_WEBHOOK_URL", "https://hooks.example.com/1", "TOKENSYNC_WRITER_SQL_URL",
                "jdbc:sqlserver://elsewhere.example.com;databaseName=x");
        LocalPlan plan = LocalPlan.of(settings(DATABASE).settings(environment));
        assertThat(plan.writer().sql().password().map(Secret::reveal)).contains("of-the-environment");
        assertThat(plan.monitor().monitorUi().audit().orElseThrow().sql().password().map(Secret::reveal))
                .contains("of-the-environment");
        assertThat(plan.writer().sql().url()).contains("sql.example.com");
        assertThat(plan.monitor().monitorUi().alerts().webhook()).isPresent();
        assertThat(plan.enricher().kafka().bootstrapServers()).isEqualTo("127.0.0.1:1");
        assertThat(plan.agents().getFirst().identity().sourceIp()).isEqualTo(Optional.empty());
        LocalPlan without = LocalPlan.of(LocalSettings.toLookAt(directory, List.of(directory)).settings(environment));
        assertThat(without.writer().sql().url()).startsWith("jdbc:sqlite:");
        assertThat(without.monitor().monitorUi().alerts().webhook()).isEmpty();
    }

    @Test
    void whatIsInsideCannotBeSetAndAMistakeIsNamedWithItsLine() {
        assertThatThrownBy(() -> settings("""
                kafka:
                  bootstrap-servers: cluster:9092
                scanner:
                  state-dir: /elsewhere
                  intervall: 5s
                writer:
                  group: mine
                monitor:
                  sql:
                    user: reader
                """).settings(Map.of()).check()).isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.bootstrap-servers (line 2): local has a broker of its own")
                .hasMessageContaining("scanner.state-dir (line 4)").hasMessageContaining("local.data")
                .hasMessageContaining("writer.group (line 7)").hasMessageContaining("monitor.sql.user goes with");
        assertThatThrownBy(() -> LocalPlan.of(settings("scanner:\n  intervall: 5s\n").settings(Map.of())))
                .hasMessageContaining("scanner.intervall (line 2)").hasMessageContaining("scanner.interval?");
    }

    private LocalSettings settings(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("local.yaml"), yaml);
        return LocalSettings.toLookAt(directory.resolve("data"), List.of(directory)).withFile(LocalFile.read(file));
    }
}

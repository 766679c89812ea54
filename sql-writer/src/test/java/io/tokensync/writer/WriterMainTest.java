package io.tokensync.writer;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import io.tokensync.common.config.Settings;
import io.tokensync.writer.batch.BatchSize;

import static org.assertj.core.api.Assertions.assertThat;

class WriterMainTest {
    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theDefaultsAreThoseOfTheManual() {
        Settings settings = Settings.of(Map.of("writer.sql.url", "jdbc:sqlite:x.db"));
        WriterConfig config = settings.build(() -> WriterConfig.from(settings)).orElseThrow();
        settings.check();
        assertThat(config.loop().group()).isEqualTo("tokensync-writer");
        assertThat(config.loop().topics()).containsExactly("tokens.enriched");
        assertThat(config.loop().maxRecords()).isEqualTo(20_000);
        assertThat(config.batch()).isEqualTo(new BatchSize.Bounds(500, 5_000, 20_000, Duration.ofSeconds(2)));
        assertThat(config.loop().linger()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.threads()).isOne();
        assertThat(config.loop().deadLetterTopic()).isEqualTo("tokens.dead-letter");
    }

    @Test
    void aSmallBatchNeedsNoOtherBound() {
        Settings settings = Settings.of(Map.of("writer.sql.url", "jdbc:sqlite:x.db", "writer.batch.rows", "300"));
        assertThat(settings.build(() -> WriterConfig.from(settings)).orElseThrow().batch())
                .isEqualTo(new BatchSize.Bounds(300, 300, 300, Duration.ofSeconds(2)));
        settings.check();
    }

    /** Else each thread would have as much of the heap as one that is alone, and large contents would end the process. */
    @Test
    void threadsOfOneProcessShareItsHeap() {
        long heap = Runtime.getRuntime().maxMemory();
        assertThat(batchBytes(Map.of())).isEqualTo(Math.min(8 << 20, heap / 24));
        assertThat(batchBytes(Map.of("writer.threads", "16"))).isEqualTo(Math.min(8 << 20, heap / 24 / 16));
        assertThat(batchBytes(Map.of("writer.threads", "16", "writer.batch.bytes", "5MiB"))).as("what somebody says")
                .isEqualTo(5 << 20);
    }

    private static long batchBytes(Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(keys);
        all.put("writer.sql.url", "jdbc:sqlite:x.db");
        Settings settings = Settings.of(all);
        long bytes = settings.build(() -> WriterConfig.from(settings)).orElseThrow().loop().maxBytes();
        settings.check();
        return bytes;
    }

    @Test
    void boundsOfABatchThatContradictEachOtherAreSaid() throws Exception {
        Path file = file("""
                writer:
                  batch:
                    rows: 100
                    min-rows: 200
                  sql:
                    url: jdbc:sqlite:x.db
                """);
        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("writer.batch.min-rows must not be more than writer.batch.rows");
    }

    /** Old versions are deleted beside the sessions, by whoever reads them. */
    @Test
    void aHistoryThatEndsNeedsTheSessions() throws Exception {
        Path file = file("""
                writer:
                  history:
                    keep: 400d
                  sessions:
                    enabled: false
                  sql:
                    url: jdbc:sqlite:x.db
                """);
        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("writer.history.keep needs writer.sessions.enabled");
    }

    @Test
    void checkConfigShowsTheSettingsWithoutTheSecrets() throws Exception {
        Path file = file("""
                writer:
                  threads: 2
                  sql:
                    url: jdbc:sqlserver://sql.example.com;password=hidden
                    user: sync
                """);
        assertThat(run(Map.of("TOKENSYNC_WRITER_SQL_PASSWORD", "secret"), "--config", file.toString(),
                "--check-config")).isZero();
        assertThat(out.toString()).contains("writer.threads", "writer.batch.rows").doesNotContain("hidden", "secret");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws Exception {
        Path file = file("""
                writer:
                  thread: 2
                  batch:
                    rows: none
                  sql:
                    url: postgres://x
                """);
        assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("writer.thread", "writer.threads", "writer.batch.rows", "jdbc:sqlserver:");
    }

    @Test
    void withoutADatabaseAddressThereIsNothingToWriteTo() throws Exception {
        assertThat(run(Map.of(), "--config", file("writer: {}\n").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("writer.sql.url");
    }

    private Path file(String yaml) throws Exception {
        return Files.writeString(dir.resolve("writer.yaml"), yaml);
    }

    private int run(Map<String, String> environment, String... arguments) {
        return new CommandLine(new WriterMain(environment)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(arguments);
    }
}

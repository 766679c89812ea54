package io.tokensync.enricher;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class EnricherMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void aGoodConfigurationIsShown() throws IOException {
        assertThat(run("enricher:\n  wait: 1s\n", Map.of("TOKENSYNC_ENRICHER_WORKERS", "2"), "--check-config"))
                .isZero();
        assertThat(out.toString()).containsPattern("enricher.wait +1s").containsPattern("enricher.workers +2");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aBadOneIsExplainedBeforeAnythingStarts() throws IOException {
        assertThat(run("enricher:\n  wiat: 1s\n", Map.of())).isEqualTo(2);
        assertThat(err.toString()).contains("enricher.wiat", "enricher.wait").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RBTCODEB and then nothing like it",
            "no codebook at all, but long enough for its header "
                    + "to be read: 0123456789 0123456789"})
    void aCodebookThatCannotBeUsedIsExplained(String bytes) throws IOException {
        Path codebook = directory.resolve("book.bin");
        if (!bytes.isEmpty()) {
            Files.writeString(codebook, bytes);
        }
        assertThat(run("enricher.codebook.file: " + codebook + "\nadmin.enabled: false\n", Map.of())).isEqualTo(2);
        assertThat(err.toString()).contains("enricher.codebook.file", codebook.toString(),
                bytes.isEmpty() ? "does not exist" : "is no codebook", "build it with: tokensync codebook build --out")
                .doesNotContain("Exception");
    }

    @Test
    void aMissingFileIsExplained() {
        assertThat(execute(Map.of(), "--config", directory.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml");
    }

    @Test
    void withoutConfigurationTheUsageIsShown() {
        assertThat(execute(Map.of())).isEqualTo(2);
        assertThat(err.toString()).contains("--config");
    }

    private int run(String yaml, Map<String, String> environment, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("enricher.yaml"), yaml);
        String[] arguments = new String[more.length + 1];
        arguments[0] = "--config=" + file;
        System.arraycopy(more, 0, arguments, 1, more.length);
        return execute(environment, arguments);
    }

    private int execute(Map<String, String> environment, String... arguments) {
        return new CommandLine(new EnricherMain(environment)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(arguments);
    }
}

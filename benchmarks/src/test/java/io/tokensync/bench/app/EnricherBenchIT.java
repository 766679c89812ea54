package io.tokensync.bench.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The benchmark of the enricher on a few records: what it prints, not how fast anything is. */
class EnricherBenchIT {
    @TempDir
    private Path directory;

    @Test
    void everyRowOfTheTableIsMeasuredBesideItsBaseline() {
        Path json = directory.resolve("figures.json");
        BenchOutput output = BenchOutput.of("enricher", "--records", "3000", "--fetches", "1000",
                "--lookups", "1000", "--levels", "77-78", "--dir", directory.toString(), "--json", json.toString());
        assertThat(output.exitCode()).as(output.err()).isIn(0, 1);
        List<String> measurements = new ArrayList<>();
        for (JsonNode measurement : JsonMapper.builder().build().readTree(json.toFile()).path("figures")) {
            assertThat(measurement.path("measured").asDouble()).as(measurement.toString()).isNotNegative();
            if (!measurement.path("target").asString().isEmpty()) {
                measurements.add(measurement.path("what").asString() + ": " + measurement.path("target").asString());
                assertThat(output.out()).contains(measurement.path("what").asString());
            }
        }
        assertThat(measurements).containsExactly("lookups with proof, on one core: >= 400,000 lookups/s",
                "resident memory beside the mapped file: <= 300 MB", "content attached: >= 0.70 x",
                "content in the codebook: >= 0.70 x", "node after 20 ms, 256 in flight: >= 10,000 records/s",
                "1 % never answered, 1,024 in flight: >= 0.90 x");
        assertThat(output.out()).containsPattern("holds|falls short");
        assertThat(directory.resolve("codebook.bin")).doesNotExist();
    }
}

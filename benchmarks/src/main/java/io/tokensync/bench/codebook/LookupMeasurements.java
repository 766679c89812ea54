package io.tokensync.bench.codebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.bench.Baseline;
import io.tokensync.bench.ChildJvm;
import io.tokensync.bench.Measurement;

/**
 * What lookups in a codebook cost.
 *
 * @param openSeconds to open and check the file
 * @param lookups a second, each with its proof, of one core
 * @param hashes a second, of one core: what the proof alone costs
 * @param residentMegabytes memory of the process beside the mapped file
 */
public record LookupMeasurements(double openSeconds, double lookups, double hashes, double residentMegabytes) {
    private static final double LOOKUPS_PER_SECOND = 400_000;
    private static final double RESIDENT_MB = 300;
    private static final Duration BOUND = Duration.ofMinutes(15);

    /**
     * Of a process of its own, which nothing else fills.
     *
     * @param directory for what the process writes
     * @param file the codebook
     * @param count how many lookups are measured
     */
    public static LookupMeasurements ofProcess(Path directory, Path file, int count)
            throws IOException, InterruptedException {
        Path json = directory.resolve("lookups.json");
        try (ChildJvm child = ChildJvm.startBench(directory.resolve("lookups.log"), CodebookFile.JVM_OPTIONS,
                List.of("codebook", "--file", file.toString(), "--lookups", Integer.toString(count), "--json",
                        json.toString()))) {
            if (!child.await(BOUND) || !Files.exists(json)) {
                throw new IOException("the lookups were not measured:\n" + child.output());
            }
            return fromReport(JsonMapper.builder().build().readTree(Files.readString(json)));
        }
    }

    /** As the report shows them, with what they must reach. */
    public List<Measurement> measurements() {
        return List.of(Measurement.note("opening and checking the file", openSeconds, "s"),
                Measurement.atLeast("lookups with proof, on one core", lookups, "lookups/s", LOOKUPS_PER_SECOND)
                        .with(new Baseline("SHA-256 of a block", hashes)),
                Measurement.atMost("resident memory beside the mapped file", residentMegabytes, "MB", RESIDENT_MB));
    }

    /** The other way round: of a report that has nothing but {@link #measurements}. */
    private static LookupMeasurements fromReport(JsonNode report) {
        return new LookupMeasurements(report.at("/figures/0/measured").asDouble(),
                report.at("/figures/1/measured").asDouble(), report.at("/figures/1/baseline/value").asDouble(),
                report.at("/figures/2/measured").asDouble());
    }
}

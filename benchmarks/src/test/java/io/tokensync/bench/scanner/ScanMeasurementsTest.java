package io.tokensync.bench.scanner;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.bench.Measurement;
import io.tokensync.bench.scanner.ScannerBenchCommand.Workplace;
import io.tokensync.bench.scanner.sqlite.BenchNode;
import io.tokensync.embedded.EmbeddedKafka;

import static org.assertj.core.api.Assertions.assertThat;

class ScanMeasurementsTest {
    private static final int ROWS = 3_000;

    @Test
    void everyFigureComesOutAndExactlyTheChangedRowsArePublished(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            Workplace place = new Workplace(directory, kafka.bootstrapServers(), Clock.systemUTC());
            place.createTopics(2);
            Path root = directory.resolve("nodes");
            BenchNode node = BenchNode.create(root, "node001", ROWS);
            List<Measurement> measurements = new ScanMeasurements(place, root, node, ROWS, _ -> {}).measure();
            Map<String, Measurement> byName = measurements.stream()
                    .collect(Collectors.toMap(Measurement::what, Function.identity()));
            assertThat(byName).containsOnlyKeys("first scan", "processor time of the first scan, broker included",
                    "rescan, 0.1 % changed", "processor time of the rescan",
                    "rows it published beside the changed ones");
            assertThat(byName.get("rows it published beside the changed ones").measured()).isZero();
            byName.remove("rows it published beside the changed ones");
            assertThat(byName.values()).allSatisfy(measurement -> {
                assertThat(measurement.measured()).isPositive();
                assertThat(measurement.baseline().orElseThrow().value()).isPositive();
            });
        }
    }
}

package io.tokensync.bench.scanner;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.bench.Measurement;

import static org.assertj.core.api.Assertions.assertThat;

class ContentionMeasurementsTest {
    @Test
    void bothFiguresStandBesideThoseOfPagesThatDoNotAdapt(@TempDir Path directory) throws Exception {
        List<Measurement> measurements = new ContentionMeasurements(directory, Duration.ofMillis(100),
                Clock.systemUTC(),
                _ -> {})
                .measure();
        Map<String, Measurement> byName = measurements.stream()
                .collect(Collectors.toMap(Measurement::what, Function.identity()));
        assertThat(byName).containsOnlyKeys("SQLITE_BUSY of a node without busy timeout while it is scanned, busy host",
                "SQLITE_BUSY of it while nobody reads", "longest wait for a commit of it while it is scanned",
                "longest wait for a commit of it while nobody reads");
        assertThat(byName.get("SQLITE_BUSY of it while nobody reads").measured()).isZero();
        assertThat(byName.get("longest wait for a commit of it while it is scanned").measured()).isPositive();
        assertThat(byName.get("longest wait for a commit of it while it is scanned").baseline().orElseThrow().value())
                .isPositive();
    }
}

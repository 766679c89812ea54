package io.tokensync.bench.writer;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.bench.Measurement;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryMeasurementsTest {
    @Test
    void eachFigureStandsBesideTheOneWithoutHistory(@TempDir Path directory) throws Exception {
        List<Measurement> measurements = new HistoryMeasurements(directory, 2_000, 500, _ -> {}).measure();
        assertThat(measurements).hasSize(7);
        assertThat(measurements.subList(0, 6)).allSatisfy(it -> assertThat(it.baseline()).isPresent());
        assertThat(measurements.getLast().measured()).isPositive();
    }
}

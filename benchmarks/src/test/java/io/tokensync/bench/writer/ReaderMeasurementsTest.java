package io.tokensync.bench.writer;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.bench.Measurement;

import static org.assertj.core.api.Assertions.assertThat;

class ReaderMeasurementsTest {
    @Test
    void theReaderIsAnsweredAndNeverMeetsABusyTable(@TempDir Path directory) throws Exception {
        Map<String, Measurement> byName = new ReaderMeasurements(directory, 3_000, 3, _ -> {}).measure().stream()
                .collect(Collectors.toMap(Measurement::what, Function.identity()));
        assertThat(byName).hasSize(8);
        assertThat(byName.get("questions that were answered").measured()).isGreaterThanOrEqualTo(3);
        assertThat(byName.get("questions that met a busy table").measured()).isZero();
        assertThat(byName.get("longest batch while somebody reads all of the table").baseline().orElseThrow().value())
                .isPositive();
    }
}

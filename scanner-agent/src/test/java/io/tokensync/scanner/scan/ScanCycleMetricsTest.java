package io.tokensync.scanner.scan;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tokensync.common.metrics.Metrics;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanReport;

import static org.assertj.core.api.Assertions.assertThat;

class ScanCycleMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScanCycleMetrics metrics = new ScanCycleMetrics(new Metrics(registry));

    @Test
    void whatHangsIsCountedOnceAndShownAsLongAsItDoes() {
        assertHangs(0, 0);
        cycle("a", "b");
        assertHangs(2, 2);
        cycle("a", "b");
        assertHangs(2, 2);
        cycle("b");
        assertHangs(2, 1);
        cycle("a", "b");
        assertHangs(3, 2);
    }

    private void assertHangs(int times, int now) {
        assertThat(registry.get("tokensync.scanner.hangs").counter().count()).isEqualTo(times);
        assertThat(registry.get("tokensync.scanner.hanging").gauge().value()).isEqualTo(now);
    }

    private void cycle(String... hanging) {
        List<Problem> problems = Arrays.stream(hanging)
                .map(place -> new Problem(ProblemKind.HANGS, Path.of("/nodes", place), "does not answer")).toList();
        metrics.passed(new ScanReport("session", "ip", Instant.EPOCH, Instant.EPOCH,
                new ScanReport.Databases(3, 1, 0, hanging.length), new RowCounts(), problems));
    }
}

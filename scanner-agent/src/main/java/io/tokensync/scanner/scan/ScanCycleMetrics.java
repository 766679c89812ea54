package io.tokensync.scanner.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanReport;

/** Adds a finished scan cycle to the metrics. */
public final class ScanCycleMetrics {
    private final Metrics metrics;
    private final AtomicReference<ScanReport.Databases> last = new AtomicReference<>(
            new ScanReport.Databases(0, 0, 0, 0));
    private volatile Set<Path> hanging = Set.of();

    public ScanCycleMetrics(Metrics metrics) {
        this.metrics = metrics;
        databases("read", ScanReport.Databases::read);
        databases("unchanged", ScanReport.Databases::unchanged);
        databases("failed", ScanReport.Databases::failed);
        metrics.gauge(MetricNames.SCANNER_HANGING, () -> hanging.size());
        registerCounters();
    }

    /** At 0, each with each of its reasons: no alert sees the increase of a counter that is born with its first event. */
    private void registerCounters() {
        for (MetricNames name : List.of(MetricNames.SCANNER_ROWS_READ, MetricNames.SCANNER_ROWS_UNCHANGED,
                MetricNames.SCANNER_ROWS_LEFT_OUT, MetricNames.SCANNER_ROWS_PUBLISHED, MetricNames.SCANNER_ROWS_DELETED,
                MetricNames.SCANNER_SQLITE_BUSY, MetricNames.SCANNER_HANGS)) {
            add(0, name);
        }
        for (RejectionReason reason : RejectionReason.values()) {
            add(0, MetricNames.SCANNER_ROWS_REJECTED, reason.code());
        }
    }

    void passed(ScanReport report) {
        last.set(report.databases());
        RowCounts rows = report.rows();
        add(rows.read(), MetricNames.SCANNER_ROWS_READ);
        add(rows.unchanged() + rows.rejectedBefore(), MetricNames.SCANNER_ROWS_UNCHANGED);
        add(rows.leftOut(), MetricNames.SCANNER_ROWS_LEFT_OUT);
        add(rows.published(), MetricNames.SCANNER_ROWS_PUBLISHED);
        add(rows.deleted(), MetricNames.SCANNER_ROWS_DELETED);
        rows.rejectedByReason()
                .forEach((reason, count) -> add(count, MetricNames.SCANNER_ROWS_REJECTED, reason.code()));
        add(report.problems().stream().filter(problem -> problem.kind() == ProblemKind.DATABASE_BUSY).count(),
                MetricNames.SCANNER_SQLITE_BUSY);
        hangs(report);
    }

    /** Counts a place once, however many scan cycles find it hanging. */
    private void hangs(ScanReport report) {
        Set<Path> now = report.problems().stream().filter(problem -> problem.kind() == ProblemKind.HANGS)
                .map(Problem::path).collect(Collectors.toUnmodifiableSet());
        add(now.stream().filter(path -> !hanging.contains(path)).count(), MetricNames.SCANNER_HANGS);
        hanging = now;
    }

    private void add(long count, MetricNames name, String... tags) {
        metrics.counter(name, tags).increment((double) count);
    }

    private void databases(String outcome, ToIntFunction<ScanReport.Databases> value) {
        metrics.gauge(MetricNames.SCANNER_DATABASES, () -> value.applyAsInt(last.get()), outcome);
    }
}

package io.tokensync.scanner;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanReport;

/** Adds a finished pass to the metrics. */
final class PassMetrics {
    private final Metrics metrics;
    private final AtomicReference<ScanReport.Databases> last = new AtomicReference<>(
            new ScanReport.Databases(0, 0, 0, 0));

    PassMetrics(Metrics metrics) {
        this.metrics = metrics;
        databases("read", ScanReport.Databases::read);
        databases("unchanged", ScanReport.Databases::unchanged);
        databases("failed", ScanReport.Databases::failed);
    }

    void passed(ScanReport report) {
        last.set(report.databases());
        RowCounts rows = report.rows();
        add(rows.read(), MetricNames.SCANNER_ROWS_READ);
        add(rows.unchanged() + rows.refusedBefore(), MetricNames.SCANNER_ROWS_UNCHANGED);
        add(rows.leftOut(), MetricNames.SCANNER_ROWS_LEFT_OUT);
        add(rows.published(), MetricNames.SCANNER_ROWS_PUBLISHED);
        add(rows.deleted(), MetricNames.SCANNER_ROWS_DELETED);
        rows.refusedByReason().forEach((reason, count) -> add(count, MetricNames.SCANNER_ROWS_REFUSED, reason.code()));
        add(report.problems().stream().filter(problem -> problem.kind() == ProblemKind.DATABASE_BUSY).count(),
                MetricNames.SCANNER_SQLITE_BUSY);
    }

    private void add(long count, MetricNames name, String... tags) {
        metrics.counter(name, tags).increment((double) count);
    }

    private void databases(String outcome, ToIntFunction<ScanReport.Databases> value) {
        metrics.gauge(MetricNames.SCANNER_DATABASES, () -> value.applyAsInt(last.get()), outcome);
    }
}

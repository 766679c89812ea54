package io.tokensync.standalone.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tokensync.common.metrics.MetricNames;

/** What a run did until a signal ended it, over all of its scan cycles, for people. */
final class StopReport {
    private StopReport() {}

    static List<String> lines(PipelineCounters counters, long inFlight) {
        Map<String, Long> written = counters.written();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "read          %,d rows, of which %,d were unchanged and %,d rejected",
                counters.total(MetricNames.SCANNER_ROWS_READ), counters.total(MetricNames.SCANNER_ROWS_UNCHANGED),
                counters.total(MetricNames.SCANNER_ROWS_REJECTED)));
        lines.add(String.format(Locale.ROOT, "published     %,d new and changed rows, %,d deletions",
                counters.total(MetricNames.SCANNER_ROWS_PUBLISHED), counters.total(MetricNames.SCANNER_ROWS_DELETED)));
        lines.add(String.format(Locale.ROOT, "written       %,d records: %,d inserted, %,d updated",
                written.values().stream().mapToLong(Long::longValue).sum(), written.getOrDefault("inserted", 0L),
                written.getOrDefault("updated", 0L)));
        lines.add(String.format(Locale.ROOT, "dead-lettered %,d records by enricher and writer",
                counters.deadLettered()));
        lines.add(String.format(Locale.ROOT,
                "in flight     %,d records published and not yet in the table, for the next run",
                inFlight));
        return lines;
    }
}

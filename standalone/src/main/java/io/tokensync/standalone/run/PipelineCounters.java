package io.tokensync.standalone.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.report.RowCounts;

/** What the stages of this process have counted so far. */
public final class PipelineCounters {
    private final MeterRegistry registry;
    private final List<ScannerApp> agents;

    PipelineCounters(MeterRegistry registry, List<ScannerApp> agents) {
        this.registry = registry;
        this.agents = agents;
    }

    /** Rows, added up over the agents' present scan cycles. */
    public long rows(ToLongFunction<RowCounts> count) {
        return agents.stream().mapToLong(agent -> count.applyAsLong(agent.progress().rows())).sum();
    }

    /** Records that the writer has dealt with, by outcome: inserted, updated, unchanged, stale. */
    public Map<String, Long> written() {
        return byTag(MetricNames.WRITER_RECORDS, "outcome");
    }

    /** Contents by outcome: fetched, or the reason why not. */
    public Map<String, Long> contents() {
        return byTag(MetricNames.ENRICHER_CONTENTS, "outcome");
    }

    /** Contents that were fetched, by source. */
    public Map<String, Long> contentSources() {
        return byTag(MetricNames.ENRICHER_CONTENTS, "source");
    }

    /** Records that a stage behind the scanner has dead-lettered. */
    public long deadLettered() {
        return total(MetricNames.ENRICHER_RECORDS_DEAD_LETTERED) + total(MetricNames.WRITER_RECORDS_DEAD_LETTERED);
    }

    Progress progress(List<String> waiting) {
        long estimate = agents.stream().mapToLong(agent -> agent.progress().estimatedRows()).sum();
        long consumed = total(MetricNames.WRITER_RECORDS_CONSUMED);
        Map<String, Long> written = written();
        long done = rows(RowCounts::unchanged) + rows(RowCounts::rejectedNow) + rows(RowCounts::rejectedBefore)
                + consumed;
        return new Progress(estimate, rows(RowCounts::read), rows(RowCounts::published), done,
                written.getOrDefault("inserted", 0L) + written.getOrDefault("updated", 0L),
                contents().getOrDefault("fetched", 0L), sqlErrors(), waiting);
    }

    /** What the loops and the agents try again is Kafka's. */
    private long sqlErrors() {
        return Math.round(registry.find(MetricNames.RETRIES.id()).tag("stage", "writer").counters().stream()
                .mapToDouble(Counter::count).sum());
    }

    /** Over all scan cycles, and all tags. */
    long total(MetricNames name) {
        return Math.round(registry.find(name.id()).counters().stream().mapToDouble(Counter::count).sum());
    }

    private Map<String, Long> byTag(MetricNames name, String tag) {
        Map<String, Long> counts = new TreeMap<>();
        for (Counter counter : registry.find(name.id()).counters()) {
            long count = Math.round(counter.count());
            if (count > 0) {
                counts.merge(counter.getId().getTag(tag), count, Long::sum);
            }
        }
        return counts;
    }
}

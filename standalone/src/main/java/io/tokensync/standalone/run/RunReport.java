package io.tokensync.standalone.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.session.SyncSession;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.report.ScanReport;

/** What a run did, for people; every row that was read is accounted for. */
public final class RunReport {
    private static final int SHOWN_PROBLEMS = 20;
    private static final double MILLIS = 1000.0;

    private final List<ScanReport> scans;
    private final PipelineCounters counters;
    private final List<SyncSession> sessions;
    private final Optional<String> accountingProblem;
    private final List<String> offsets;

    /** @throws InterruptedException while the broker is asked */
    public RunReport(LocalPipeline pipeline) throws InterruptedException {
        this.scans = pipeline.reports();
        this.counters = pipeline.counters();
        this.sessions = pipeline.sessions();
        this.accountingProblem = pipeline.accountingProblem();
        this.offsets = accountingProblem.isEmpty() ? List.of() : pipeline.offsets();
    }

    /**
     * Whether something did not arrive: rows rejected or records dead-lettered by this run, databases not read, or the proof of
     * all the others.
     */
    public boolean isIncomplete() {
        return counters.rows(RowCounts::rejectedNow) + counters.deadLettered()
                + databases(ScanReport.Databases::failed) > 0
                || accountingProblem.isPresent() || problems().stream().anyMatch(problem -> !problem.kind().harmless());
    }

    /** What kept the agents from reading something, with what to do about it; remarks left out. */
    public List<Problem> problems() {
        return scans.stream().flatMap(scan -> scan.problems().stream()).filter(problem -> !problem.kind().harmless())
                .toList();
    }

    /** The report's lines. */
    public List<String> lines(Duration took) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "databases  %,d found: %,d read, %,d unchanged, %,d failed",
                databases(ScanReport.Databases::found), databases(ScanReport.Databases::read),
                databases(ScanReport.Databases::unchanged), databases(ScanReport.Databases::failed)));
        lines.add(String.format(Locale.ROOT, "rows       %,d read = %,d published + %,d unchanged + %,d rejected",
                counters.rows(RowCounts::read), counters.rows(RowCounts::published),
                counters.rows(RowCounts::unchanged),
                counters.rows(RowCounts::rejectedNow) + counters.rows(RowCounts::rejectedBefore)));
        addIfAny(lines, "rejected   ", rejected());
        if (counters.rows(RowCounts::deleted) + counters.rows(RowCounts::held) > 0) {
            lines.add(String.format(Locale.ROOT, "deleted    %,d, deferred %,d", counters.rows(RowCounts::deleted),
                    counters.rows(RowCounts::held)));
        }
        addIfAny(lines, "content    ", contents());
        addIfAny(lines, "table      ", counters.written());
        if (counters.deadLettered() > 0) {
            lines.add(String.format(Locale.ROOT,
                    "dead-lettered  %,d records by enricher and writer: tokensync dlq list",
                    counters.deadLettered()));
        }
        sessions.forEach(session -> lines.add(proof(session)));
        accountingProblem.ifPresent(problem -> {
            lines.add("no proof   the accounting has failed, and only the broker says that every record has arrived: "
                    + problem);
            offsets.forEach(line -> lines.add("offsets    " + line));
        });
        lines.add(time(took));
        problemLines(lines);
        return lines;
    }

    private static String proof(SyncSession session) {
        return String.format(Locale.ROOT, "proof      %,d published by %s = %,d in the table + %,d dead-lettered: %s",
                session.scan().published(), session.sourceIp(), session.written().written(),
                session.enriched().deadLettered() + session.written().deadLettered(),
                session.status().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private String time(Duration took) {
        double seconds = took.toMillis() / MILLIS;
        long moved = counters.rows(RowCounts::published) + counters.rows(RowCounts::rejectedNow);
        return String.format(Locale.ROOT, "time       %.1f s, %,.0f tokens/s", seconds,
                moved / Math.max(seconds, 0.001));
    }

    private void problemLines(List<String> lines) {
        List<Problem> problems = problems();
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> lines.add("problem    " + problem.describe()));
        if (problems.size() > SHOWN_PROBLEMS) {
            lines.add("problem    … and " + (problems.size() - SHOWN_PROBLEMS) + " more, see the log");
        }
    }

    private Map<String, Long> rejected() {
        Map<RejectionReason, Long> byReason = new EnumMap<>(RejectionReason.class);
        scans.forEach(scan -> scan.rows().rejectedByReason()
                .forEach((reason, count) -> byReason.merge(reason, count, Long::sum)));
        return byReason.entrySet().stream().collect(
                Collectors.toMap(entry -> entry.getKey().code(), Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    private Map<String, Long> contents() {
        Map<String, Long> contents = new TreeMap<>(counters.contents());
        contents.remove("fetched");
        counters.contentSources().forEach((source, count) -> {
            if (!source.equals("none")) {
                contents.put("fetched from " + source, count);
            }
        });
        return contents;
    }

    private int databases(ToIntFunction<ScanReport.Databases> count) {
        return scans.stream().map(ScanReport::databases).mapToInt(count).sum();
    }

    private static void addIfAny(List<String> lines, String label, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            lines.add(label + counts.entrySet().stream()
                    .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
                    .collect(Collectors.joining(", ")));
        }
    }
}

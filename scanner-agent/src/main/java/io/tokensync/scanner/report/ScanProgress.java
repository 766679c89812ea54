package io.tokensync.scanner.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The scan cycle that runs now, for progress lines. Written by the scanning thread, read by any. */
public final class ScanProgress {
    private volatile RowCounts rows = new RowCounts();
    private volatile ScanReport lastReport;
    private final AtomicLong estimatedRows = new AtomicLong();
    private final AtomicInteger databasesToRead = new AtomicInteger();
    private final AtomicInteger databasesDone = new AtomicInteger();
    private final AtomicLong cycles = new AtomicLong();

    /** A scan cycle begins; returns its counters. */
    public RowCounts begin() {
        RowCounts counts = new RowCounts();
        estimatedRows.set(0);
        databasesToRead.set(0);
        databasesDone.set(0);
        rows = counts;
        return counts;
    }

    /** A database will be read, with about so many rows. */
    public void expect(long rowsOfDatabase) {
        databasesToRead.incrementAndGet();
        estimatedRows.addAndGet(rowsOfDatabase);
    }

    /** A database has been read, or has been given up for this scan cycle. */
    public void databaseDone() {
        databasesDone.incrementAndGet();
    }

    /** The scan cycle is over. */
    public void end(ScanReport report) {
        lastReport = report;
        cycles.incrementAndGet();
    }

    /** Counters of the scan cycle that runs, or of the last one. */
    public RowCounts rows() {
        return rows;
    }

    /** About how many rows the scan cycle will read; known soon after its start. */
    public long estimatedRows() {
        return estimatedRows.get();
    }

    /** Databases that have changed and are read in this scan cycle. */
    public int databasesToRead() {
        return databasesToRead.get();
    }

    /** Those of them that are done. */
    public int databasesDone() {
        return databasesDone.get();
    }

    /** Passes that have ended. */
    public long cycles() {
        return cycles.get();
    }

    /** The report of the last scan cycle; empty during the first. */
    public Optional<ScanReport> lastReport() {
        return Optional.ofNullable(lastReport);
    }

    /** All of it by name, for people. */
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("scan_cycles", cycles());
        details.put("databases_to_read", databasesToRead());
        details.put("databases_done", databasesDone());
        details.put("rows_estimated", estimatedRows());
        details.put("rows_read", rows.read());
        details.put("rows_published", rows.published());
        details.put("problems", lastReport().map(report -> report.problems().size()).orElse(0));
        return details;
    }
}

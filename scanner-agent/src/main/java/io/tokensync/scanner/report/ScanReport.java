package io.tokensync.scanner.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a scan cycle did.
 *
 * @param sessionId the scan cycle (UUID)
 * @param sourceIp the identity it published under
 * @param started when it began
 * @param finished when it ended, everything acknowledged
 * @param databases what became of the databases
 * @param rows what became of their rows; no longer changing
 * @param problems what could not be read and why, harmless remarks included
 */
public record ScanReport(String sessionId, String sourceIp, Instant started, Instant finished, Databases databases,
        RowCounts rows, List<Problem> problems) {
    public ScanReport {
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(databases, "databases");
        Objects.requireNonNull(rows, "rows");
        problems = List.copyOf(problems);
    }

    /** Whether the state of a database was repaired, so that another scan cycle should read it now. */
    public boolean repaired() {
        return problems.stream().anyMatch(problem -> problem.kind() == ProblemKind.STATE_DAMAGED);
    }

    /** Whether something is missing: rows rejected, or places that could not be read. */
    public boolean isIncomplete() {
        return rows.rejectedNow() > 0 || problems.stream().anyMatch(problem -> !problem.kind().harmless());
    }

    /**
     * What became of the databases; found = read + unchanged + failed.
     *
     * @param found with a usable node name
     * @param read to the end
     * @param unchanged since they were read, and so not read
     * @param failed see the problems
     */
    public record Databases(int found, int read, int unchanged, int failed) {}
}

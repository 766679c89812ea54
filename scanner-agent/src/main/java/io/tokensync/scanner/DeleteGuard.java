package io.tokensync.scanner;

import java.util.Set;

/**
 * When rows that have vanished are believed to be gone. A table that has lost more than its share at once looks like a
 * database that was replaced or restored: the deletions are held back until the same rows are missing in several scans
 * in a row, or the operator confirms.
 *
 * @param maxRatio share of a table's published rows that may vanish at once, from 0 to 1
 * @param confirmScans scans in a row that must miss the same rows
 * @param confirmedNodes nodes whose deletions the operator has confirmed, also that of a whole database that is gone
 */
public record DeleteGuard(double maxRatio, int confirmScans, Set<String> confirmedNodes) {
    /** So few rows are never held back: small tables change by large shares. */
    static final int HANDFUL = 10;

    /** Half of a table; three scans. */
    public static final DeleteGuard DEFAULT = new DeleteGuard(0.5, 3, Set.of());

    public DeleteGuard {
        if (!(maxRatio >= 0 && maxRatio <= 1)) {
            throw new IllegalArgumentException("scanner.max-delete-ratio must be from 0 to 1, not " + maxRatio);
        }
        if (confirmScans < 1) {
            throw new IllegalArgumentException("scanner.confirm-scans must be at least 1, not " + confirmScans);
        }
        confirmedNodes = Set.copyOf(confirmedNodes);
    }

    /** Whether so many missing rows of a table need confirmation. */
    boolean doubts(String nodeName, long missing, long published) {
        return missing > HANDFUL && missing > maxRatio * published && !confirmedNodes.contains(nodeName);
    }
}

package io.tokensync.scanner;

import java.time.Duration;
import java.util.Set;

import io.tokensync.scanner.state.KnownDatabase.Held;

/**
 * When rows that have vanished are believed to be gone. A table that has lost more than its share at once looks like a
 * database that was replaced or restored: the deletions are deferred until the operator confirms, or, where that is
 * configured, until the same rows have been missing for hours. A restored backup looks the same in every scan, so that many
 * scans in a row say no more than one.
 *
 * @param maxRatio share of a table's published rows that may vanish at once, from 0 to 1
 * @param confirmAfter how long scans must have missed the same rows until that confirms itself; zero for never
 * @param confirmedNodes nodes whose deletions the operator has confirmed, also that of a whole database that is gone
 */
public record DeleteGuard(double maxRatio, Duration confirmAfter, Set<String> confirmedNodes) {
    /** So few rows are never held back: small tables change by large shares. */
    static final int HANDFUL = 10;

    /** Half of a table; only an operator. */
    public static final DeleteGuard DEFAULT = new DeleteGuard(0.5, Duration.ZERO, Set.of());

    public DeleteGuard {
        if (!(maxRatio >= 0 && maxRatio <= 1)) {
            throw new IllegalArgumentException("scanner.max-delete-ratio must be from 0 to 1, not " + maxRatio);
        }
        if (confirmAfter.isNegative()) {
            throw new IllegalArgumentException("scanner.confirm-after must not be negative; 0s means never");
        }
        confirmedNodes = Set.copyOf(confirmedNodes);
    }

    /** Whether the same rows have been missing for so long that they are believed to be gone. */
    boolean isDue(Held held) {
        return confirmAfter.isPositive() && held.time().compareTo(confirmAfter) >= 0;
    }

    /** Whether so many missing rows of a table need confirmation. */
    boolean doubts(String nodeName, long missing, long published) {
        return missing > HANDFUL && missing > maxRatio * published && !confirmedNodes.contains(nodeName);
    }
}

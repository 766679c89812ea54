package io.tokensync.scanner.diff;

import java.util.Set;

import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenColumn;

/**
 * Which rows are taken up. A row that has once been published is followed whatever its status becomes, so that the table
 * never shows a status that is over; only rows that were never published are left out. Contracts have codes of their own
 * and are always taken up, and so is a row without a status that is a number.
 *
 * @param wanted codes that are taken up; empty for all
 */
public record StatusFilter(Set<Long> wanted) {
    /** Takes up every row. */
    public static final StatusFilter ALL = new StatusFilter(Set.of());

    public StatusFilter {
        wanted = Set.copyOf(wanted);
    }

    /** Whether this row, never published, is left out. */
    boolean leavesOut(RawRow row) {
        return !wanted.isEmpty() && !row.table().holdsContracts()
                && row.value(TokenColumn.TOKEN_STATUS) instanceof Number status
                && !(status instanceof Double) && !wanted.contains(status.longValue());
    }
}

package io.tokensync.scanner.diff;

import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.sqlite.DatabaseProblemException;
import io.tokensync.scanner.sqlite.KeyOrder;
import io.tokensync.scanner.sqlite.RawRow;
import io.tokensync.scanner.sqlite.TokenReader;
import io.tokensync.scanner.state.KnownKey;
import io.tokensync.scanner.state.KnownRow;
import io.tokensync.scanner.state.ScannerState;

/** Walks the rows of a database and the memory of them side by side, and tells what differs. One use. */
public final class RowDiff {
    private final TokenReader rows;
    private final ScannerState state;
    private final long database;
    private final RowHash hash;
    private final StatusFilter filter;
    private final RowCounts counts;
    private final KnownRows known;

    private RawRow row;
    private boolean rowsEnded;
    private String lastAccepted;
    private RowChange waiting;

    /**
     * @param database number of the database in the state
     * @param filter which rows are taken up
     * @param counts told of the rows that are read, and of those that are unchanged
     */
    public RowDiff(TokenReader rows, ScannerState state, long database, RowHash hash,
            StatusFilter filter, RowCounts counts) {
        this.rows = rows;
        this.state = state;
        this.database = database;
        this.hash = hash;
        this.filter = filter;
        this.counts = counts;
        this.known = new KnownRows(state, database);
    }

    /** The next difference; null at the end of both. */
    public RowChange next() throws DatabaseProblemException, InterruptedException {
        RowChange change = null;
        boolean more = true;
        while (change == null && more) {
            if (waiting != null) {
                change = waiting;
                waiting = null;
            } else if (peek() != null) {
                change = step();
            } else if (known.current() != null) {
                change = missing();
            } else {
                more = false;
            }
        }
        return change;
    }

    /** How many rows of a table had been published before this walk; complete at its end. */
    public long published(int table) {
        return known.met(table);
    }

    /** Whether the table can hold this row; what the walk refuses, it cannot. */
    public static boolean isWritable(RawRow row) {
        return IdRules.check(row, null) == null && RowMapper.map(row) instanceof MappedRow.Accepted;
    }

    private RawRow peek() throws DatabaseProblemException, InterruptedException {
        if (row == null && !rowsEnded) {
            row = rows.next();
            rowsEnded = row == null;
        }
        return row;
    }

    /** Handles the row in front, or the published row that comes before it; null for an unchanged row. */
    private RowChange step() {
        Refusal refusal = IdRules.check(row, lastAccepted);
        if (refusal != null) {
            return filter.leavesOut(row) ? leaveOut() : refused(take(), refusal);
        }
        KnownRow candidate = known.current();
        int order = candidate == null ? -1 : KeyOrder.INSTANCE.compare(row.id(), candidate.tokenId());
        if (order > 0) {
            return missing();
        }
        if (order == 0) {
            return compare(take());
        }
        return filter.leavesOut(row) ? leaveOut() : changed(take(), null);
    }

    private RowChange leaveOut() {
        take();
        counts.leftOut(1);
        return null;
    }

    private RowChange compare(RawRow taken) {
        if (known.current().hash() == hash.of(taken)) {
            lastAccepted = taken.id();
            known.advance();
            counts.unchanged(1);
            return null;
        }
        RowChange change = changed(taken, known.current());
        if (change instanceof RowChange.Refused) {
            waiting = missing();
        } else {
            known.advance();
        }
        return change;
    }

    private RowChange changed(RawRow taken, KnownRow before) {
        return switch (RowMapper.map(taken)) {
            case MappedRow.Accepted(var fields, var cid) -> {
                lastAccepted = taken.id();
                yield new RowChange.Changed(taken, fields, cid, hash.of(taken), before);
            }
            case MappedRow.Rejected(Refusal refusal) -> refused(taken, refusal);
        };
    }

    private RowChange refused(RawRow taken, Refusal refusal) {
        long told = hash.of(taken) + refusal.reason().code().hashCode();
        var before = state.refusedHash(database, taken.table().number(), taken.rowid());
        return new RowChange.Refused(taken, refusal, told, before.isPresent() && before.getAsLong() == told);
    }

    private RowChange missing() {
        KnownRow gone = known.current();
        known.advance();
        return new RowChange.Missing(new KnownKey(gone.tokenId(), gone.table()));
    }

    private RawRow take() {
        RawRow taken = row;
        row = null;
        counts.read(1);
        return taken;
    }
}

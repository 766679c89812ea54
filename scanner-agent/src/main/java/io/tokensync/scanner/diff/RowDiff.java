package io.tokensync.scanner.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.source.sqlite.TokenReader;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/** Scans the rows of a database and the state of them side by side, place by place, and tells what differs. One use. */
public final class RowDiff {
    private final TokenReader rows;
    private final DatabaseStore store;
    private final RowHash hash;
    private final StatusFilter filter;
    private final RowCounts counts;
    private final PublishedRows known;
    private final DuplicateIdResolver owners;
    private final RowMapper mapper = new RowMapper();

    private RawRow row;
    private boolean rowsEnded;

    /**
     * @param filter which rows are taken up
     * @param counts notified of the rows that are read, and of those that are unchanged
     */
    public RowDiff(TokenReader rows, DatabaseStore store, RowHash hash, StatusFilter filter, RowCounts counts)
            throws DatabaseProblemException, InterruptedException {
        this.rows = rows;
        this.store = store;
        this.hash = hash;
        this.filter = filter;
        this.counts = counts;
        this.known = new PublishedRows(store);
        this.owners = DuplicateIdResolver.of(rows);
    }

    /** The next difference; null at the end of both. */
    public RowChange next() throws DatabaseProblemException, InterruptedException {
        RowChange change = null;
        while (change == null && (peek() != null || known.current() != null)) {
            change = step();
        }
        return change;
    }

    /** The next differences, at most that many; none at the end of both. */
    public List<RowChange> next(int most) throws DatabaseProblemException, InterruptedException {
        List<RowChange> changes = new ArrayList<>(most);
        for (RowChange change = next(); change != null; change = changes.size() < most ? next() : null) {
            changes.add(change);
        }
        return changes;
    }

    /** Tables that are there and cannot be read: they say nothing about their rows. */
    public Set<TokenTable> leftOut() {
        return rows.leftOut();
    }

    /** How many rows of a table had been published before this table scan; complete at its end. */
    public long published(int table) {
        return known.met(table);
    }

    /** Whether anything had been published before this table scan. */
    public boolean isRepeated() {
        return known.wereAny();
    }

    /**
     * The change that a row makes which is not where it was; null when the table cannot hold it.
     *
     * @param before where it was
     */
    public RowChange.Changed moved(RawRow found, PublishedKey before) {
        return TokenIdValidator.check(found) == null && mapper.map(found) instanceof MappedRow.Accepted(var fields)
                ? new RowChange.Changed(found, fields, hash.of(found), PublishedRow.dirty(before))
                : null;
    }

    private RawRow peek() throws DatabaseProblemException, InterruptedException {
        if (row == null && !rowsEnded) {
            row = rows.next();
            rowsEnded = row == null;
        }
        return row;
    }

    /** Handles the row in front, or the published row that comes before it; null for an unchanged row. */
    private RowChange step() throws DatabaseProblemException, InterruptedException {
        PublishedRow candidate = known.current();
        int order = order(candidate == null ? null : candidate.key());
        if (order < 0 || (order == 0 && !isSame(candidate))) {
            return missing();
        }
        Rejection rejection = TokenIdValidator.check(row);
        rejection = rejection == null ? owners.check(row) : rejection;
        if (rejection != null) {
            return order > 0 && filter.leavesOut(row) ? leaveOut() : rejected(take(), rejection);
        }
        if (order == 0) {
            return compare(take());
        }
        return filter.leavesOut(row) ? leaveOut() : changed(take(), null);
    }

    /** Negative when the published row comes before the row in front, 0 when it was in its place. */
    private int order(PublishedKey key) {
        if (key == null || row == null) {
            return key == null ? 1 : -1;
        }
        return key.comparePlace(row.table().number(), row.rowid());
    }

    /** A place may have been taken over by another row. */
    private boolean isSame(PublishedRow candidate) {
        return row.idIsText() && candidate.key().tokenId().equals(row.id());
    }

    private RowChange leaveOut() {
        take();
        counts.leftOut(1);
        return null;
    }

    /** A row that is rejected now stays in front of the memory, which then misses it. */
    private RowChange compare(RawRow taken) {
        PublishedRow before = known.current();
        if (before.hash() == hash.of(taken)) {
            owners.accepted(taken);
            known.advance();
            counts.unchanged(1);
            return null;
        }
        RowChange change = changed(taken, before);
        if (change instanceof RowChange.Changed) {
            known.advance();
        }
        return change;
    }

    private RowChange changed(RawRow taken, PublishedRow before) {
        return switch (mapper.map(taken)) {
            case MappedRow.Accepted(var fields) -> {
                owners.accepted(taken);
                yield new RowChange.Changed(taken, fields, hash.of(taken), before);
            }
            case MappedRow.Rejected(Rejection rejection) -> rejected(taken, rejection);
        };
    }

    private RowChange rejected(RawRow taken, Rejection rejection) {
        long told = hash.of(taken) + rejection.reason().code().hashCode();
        var before = store.rejectedHash(taken.table().number(), taken.rowid());
        return new RowChange.Rejected(taken, rejection, told, before.isPresent() && before.getAsLong() == told);
    }

    private RowChange missing() {
        PublishedRow gone = known.current();
        known.advance();
        return new RowChange.Missing(gone.key());
    }

    private RawRow take() {
        RawRow taken = row;
        row = null;
        counts.read(1);
        return taken;
    }
}

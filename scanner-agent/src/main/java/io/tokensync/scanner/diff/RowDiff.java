package io.tokensync.scanner.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tokensync.common.model.TokenRow;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.verify.DigestedRows;

/** Scans the rows of a database and the state of them side by side, place by place, and tells what differs. One use. */
public final class RowDiff {
    private final TokenRows rows;
    private final DatabaseStore store;
    private final RowHash hash;
    private final StatusFilter filter;
    private final RowCounts counts;
    private final PublishedRows known;
    private final DuplicateIdResolver owners;
    private final DigestedRows digested;
    private final RowMapper mapper = new RowMapper();

    private RawRow row;
    private boolean rowsEnded;

    /**
     * @param filter which rows are taken up
     * @param counts notified of the rows that are read, and of those that are unchanged
     * @param digested given each row that the table holds or is going to hold
     */
    public RowDiff(TokenRows rows, DatabaseStore store, RowHash hash, StatusFilter filter, RowCounts counts,
            DigestedRows digested)
            throws DatabaseProblemException, InterruptedException {
        this.rows = rows;
        this.store = store;
        this.hash = hash;
        this.filter = filter;
        this.counts = counts;
        this.digested = digested;
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

    /** The tables whose rows it meets; those of others are what the node had before it changed its database. */
    public Set<TokenTable> tables() {
        return rows.tables();
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
        if (TokenIdValidator.check(found) != null
                || !(mapper.map(found) instanceof MappedRow.Accepted(TokenRow fields))) {
            return null;
        }
        if (filter.leavesOut(found) && !isKnown(found)) {
            digested.add(found.id(), fields); // any other row was met where it is, as long as the node changes nothing
        }
        return new RowChange.Changed(found, fields, hash.of(found), PublishedRow.dirty(before));
    }

    /** Whether the row was published from the place where it is. */
    private boolean isKnown(RawRow found) {
        PublishedKey place = new PublishedKey(found.table().number(), found.rowid(), "");
        return store.rowsAfter(place, 1).stream().map(PublishedRow::key)
                .anyMatch(key -> key.comparePlace(place.table(), place.rowid()) == 0
                        && key.tokenId().equals(found.id()));
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
        if (order >= 0 && row.isUnread()) {
            return unread(order == 0 && !candidate.isDirty());
        }
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

    /**
     * A row that is as it was at the last reading: nothing has changed when it was published then; else it is read now.
     */
    private RowChange unread(boolean published) throws DatabaseProblemException, InterruptedException {
        if (published) {
            take();
            known.advance();
            counts.unchanged(1);
        } else {
            row = rows.read(row); // none when it is gone by now
        }
        return null;
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
            RowChange again = again(taken, before);
            counts.unchanged(again == null ? 1 : 0);
            return again;
        }
        RowChange change = changed(taken, before);
        if (change instanceof RowChange.Changed) {
            known.advance();
        }
        return change;
    }

    /** A row that is as it was published, once more when the table was found to have it otherwise; else null. */
    private RowChange again(RawRow taken, PublishedRow before) {
        if (!digested.isWanted() || !(mapper.map(taken) instanceof MappedRow.Accepted(TokenRow fields))
                || !digested.add(taken.id(), fields)) {
            return null;
        }
        digested.republished();
        return new RowChange.Changed(taken, fields, hash.of(taken), PublishedRow.dirty(before.key()));
    }

    private RowChange changed(RawRow taken, PublishedRow before) {
        return switch (mapper.map(taken)) {
            case MappedRow.Accepted(var fields) -> {
                owners.accepted(taken);
                boolean wrong = digested.add(taken.id(), fields);
                yield new RowChange.Changed(taken, fields, hash.of(taken),
                        wrong && before != null ? PublishedRow.dirty(before.key()) : before);
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

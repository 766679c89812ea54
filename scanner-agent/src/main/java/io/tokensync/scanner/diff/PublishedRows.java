package io.tokensync.scanner.diff;

import java.util.Iterator;
import java.util.List;

import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/** The published rows of a database in the order of the table scan, a page at a time. */
final class PublishedRows {
    private static final int PAGE = 5_000;

    private final DatabaseStore store;
    private Iterator<PublishedRow> page = List.<PublishedRow>of().iterator();
    private boolean more = true;
    private final long[] met = new long[TokenTable.values().length];
    private final boolean any;
    private PublishedRow current;

    PublishedRows(DatabaseStore store) {
        this.store = store;
        this.current = new PublishedRow(PublishedKey.FIRST, 0, 0);
        advance();
        this.any = current != null;
    }

    /** The row it stands on; null at the end. */
    PublishedRow current() {
        return current;
    }

    /** How many of a table it has met. */
    long met(int table) {
        return met[table];
    }

    /** Whether there was one in the beginning. */
    boolean wereAny() {
        return any;
    }

    void advance() {
        if (!page.hasNext() && more) {
            List<PublishedRow> rows = store.rowsAfter(current.key(), PAGE);
            more = rows.size() == PAGE;
            page = rows.iterator();
        }
        current = page.hasNext() ? page.next() : null;
        if (current != null) {
            met[current.key().table()]++;
        }
    }
}

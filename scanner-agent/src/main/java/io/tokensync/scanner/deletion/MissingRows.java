package io.tokensync.scanner.deletion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.MissingRow;
import io.tokensync.scanner.state.PublishedKey;

/**
 * The published rows that a table scan has not met where they were. They are noted on disk while it goes on, because the same
 * ids may be met elsewhere; when it is over, the rest is counted and fingerprinted by table.
 */
public final class MissingRows {
    private static final int PAGE = 5_000;
    private static final long PRIME = 0x9E3779B185EBCA87L;
    private static final int SHIFT = 32;

    private final DatabaseStore store;
    private final long[] counts = new long[TokenTable.values().length];
    private final long[] fingerprints = new long[counts.length];
    private final long[] before = new long[counts.length];
    private final List<PublishedKey> missing = new ArrayList<>();
    private final List<String> arrived = new ArrayList<>();

    public MissingRows(DatabaseStore store) {
        this.store = store;
    }

    /** Notes a row. */
    public void add(PublishedKey key) {
        missing.add(key);
        if (missing.size() == PAGE) {
            flush();
        }
    }

    /** Notes rows that were published in a place where they were not. */
    public void arrived(List<String> tokenIds) {
        arrived.addAll(tokenIds);
        if (arrived.size() >= PAGE) {
            flush();
        }
    }

    /** When the table scan is over: forgets the old places of rows that have moved, and counts the others. */
    public void resolve() {
        flush();
        List<MissingRow> page = store.missingAfter(PublishedKey.FIRST, PAGE);
        while (!page.isEmpty()) {
            store.forgetMoved(page.stream().filter(MissingRow::arrived).map(MissingRow::key).toList());
            page.stream().filter(row -> !row.arrived()).map(MissingRow::key).forEach(this::count);
            page = store.missingAfter(page.getLast().key(), PAGE);
        }
        System.arraycopy(counts, 0, before, 0, counts.length);
    }

    /** When more of them were found elsewhere, and forgotten. */
    void recount() {
        Arrays.fill(counts, 0);
        Arrays.fill(fingerprints, 0);
        List<MissingRow> page = store.missingAfter(PublishedKey.FIRST, PAGE);
        while (!page.isEmpty()) {
            page.stream().map(MissingRow::key).forEach(this::count);
            page = store.missingAfter(page.getLast().key(), PAGE);
        }
    }

    private void flush() {
        store.addMissing(missing);
        missing.clear();
        store.addArrived(arrived);
        arrived.clear();
    }

    private void count(PublishedKey key) {
        counts[key.table()]++;
        fingerprints[key.table()] += fingerprint(key.tokenId());
    }

    public boolean isEmpty() {
        for (long count : counts) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }

    long count(TokenTable table) {
        return counts[table.number()];
    }

    /** How many rows of a table were missing when the table scan was over, and then found elsewhere. */
    long moved(TokenTable table) {
        return before[table.number()] - counts[table.number()];
    }

    /** Of all rows that are missing in these tables. */
    long fingerprint(List<TokenTable> tables) {
        long fingerprint = 0;
        for (TokenTable table : tables) {
            fingerprint = fingerprint * PRIME + fingerprints[table.number()] + table.number() + 1;
        }
        return fingerprint;
    }

    /** The sum of these does not depend on the order of the ids. */
    private static long fingerprint(String tokenId) {
        long hash = 1;
        for (int i = 0; i < tokenId.length(); i++) {
            hash = (hash ^ tokenId.charAt(i)) * PRIME;
            hash ^= hash >>> SHIFT;
        }
        return hash;
    }
}

package io.tokensync.scanner;

import java.util.ArrayList;
import java.util.List;

import io.tokensync.scanner.sqlite.TokenTable;
import io.tokensync.scanner.state.KnownDatabase.Held;
import io.tokensync.scanner.state.KnownKey;
import io.tokensync.scanner.state.ScannerState;

/** The published rows that a walk has not met: put aside on disk, counted and fingerprinted by table. */
final class MissingRows {
    private static final int PAGE = 5_000;
    private static final long PRIME = 0x9E3779B185EBCA87L;
    private static final int SHIFT = 32;

    private final ScannerState state;
    private final long[] counts = new long[TokenTable.values().length];
    private final long[] fingerprints = new long[counts.length];
    private final List<KnownKey> page = new ArrayList<>();

    MissingRows(ScannerState state) {
        this.state = state;
    }

    void add(KnownKey key) {
        counts[key.table()]++;
        fingerprints[key.table()] += fingerprint(key.tokenId());
        page.add(key);
        if (page.size() == PAGE) {
            flush();
        }
    }

    /** Puts aside what is still in memory. */
    void flush() {
        if (!page.isEmpty()) {
            state.addMissing(page);
            page.clear();
        }
    }

    boolean isEmpty() {
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

    /** What is held back when these tables are, and how often in a row it was the same. */
    Held held(List<TokenTable> tables, Held before) {
        long fingerprint = 0;
        for (TokenTable table : tables) {
            fingerprint = fingerprint * PRIME + fingerprints[table.number()] + table.number() + 1;
        }
        return new Held(fingerprint, fingerprint == before.fingerprint() ? before.scans() + 1 : 1);
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

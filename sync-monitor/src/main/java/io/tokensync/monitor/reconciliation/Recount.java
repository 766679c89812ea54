package io.tokensync.monitor.reconciliation;

import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.WriteCounts;

/**
 * The counts of a receipt some of whose records were counted before: a replay that was cut differently. The total is
 * exact. At the writer so is what was inserted and updated: a record that comes again finds the table at least as new as
 * it is, so it is among the unchanged, the stale or the superseded. At the enricher it is taken from the fetched first.
 */
final class Recount {
    private long excess;

    private Recount(long excess) {
        this.excess = excess;
    }

    static WriteCounts toRows(WriteCounts counts, long rows) {
        Recount cut = new Recount(counts.rows() - rows);
        if (cut.excess == 0) {
            return counts;
        }
        long unchanged = cut.off(counts.unchanged());
        long stale = cut.off(counts.stale());
        long superseded = cut.off(counts.superseded());
        Map<String, Long> dead = cut.off(counts.deadLetters());
        long updated = cut.off(counts.updated());
        return new WriteCounts(cut.off(counts.inserted()), updated, unchanged, stale, superseded, dead,
                counts.contentUpdates(), rows == 0 ? 0 : Math.min(counts.flawed(), rows));
    }

    static EnrichCounts toRows(EnrichCounts counts, long rows) {
        Recount cut = new Recount(counts.rows() - rows);
        if (cut.excess == 0) {
            return counts;
        }
        long fetched = cut.off(counts.fetched());
        Map<String, Long> failed = cut.off(counts.failed());
        long passed = cut.off(counts.passed());
        return new EnrichCounts(fetched, failed, passed, cut.off(counts.deadLetters()), counts.contentUpdates());
    }

    private long off(long count) {
        long taken = Math.min(count, excess);
        excess -= taken;
        return count - taken;
    }

    private Map<String, Long> off(Map<String, Long> counts) {
        Map<String, Long> rest = new TreeMap<>(counts);
        rest.replaceAll((_, count) -> off(count));
        return rest;
    }
}

package io.tokensync.monitor.reconciliation;

import java.util.Map;
import java.util.TreeMap;

import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.WriteCounts;

/**
 * The tally of a receipt some of whose records were counted before: a replay that was cut differently. The total is
 * exact. At the writer so is what was inserted and updated: a record that comes again finds the table at least as new as
 * it is, so it is among the unchanged, the stale or the folded. At the enricher it is taken from the fetched first.
 */
final class Recount {
    private long excess;

    private Recount(long excess) {
        this.excess = excess;
    }

    static WriteCounts toRows(WriteCounts tally, long rows) {
        Recount cut = new Recount(tally.rows() - rows);
        if (cut.excess == 0) {
            return tally;
        }
        long unchanged = cut.off(tally.unchanged());
        long stale = cut.off(tally.stale());
        long folded = cut.off(tally.folded());
        Map<String, Long> dead = cut.off(tally.deadLetters());
        long updated = cut.off(tally.updated());
        return new WriteCounts(cut.off(tally.inserted()), updated, unchanged, stale, folded, dead,
                tally.contentUpdates(), rows == 0 ? 0 : Math.min(tally.flawed(), rows));
    }

    static EnrichCounts toRows(EnrichCounts tally, long rows) {
        Recount cut = new Recount(tally.rows() - rows);
        if (cut.excess == 0) {
            return tally;
        }
        long fetched = cut.off(tally.fetched());
        Map<String, Long> failed = cut.off(tally.failed());
        long passed = cut.off(tally.passed());
        return new EnrichCounts(fetched, failed, passed, cut.off(tally.deadLetters()), tally.contentUpdates());
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

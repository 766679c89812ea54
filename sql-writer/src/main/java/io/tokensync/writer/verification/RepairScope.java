package io.tokensync.writer.verification;

import java.util.BitSet;

import io.tokensync.common.verification.BucketSums;

/**
 * The buckets whose rows a verdict tells: those that differ for no newer reason, as far as their rows are not too many. Which
 * come first is another matter in each verification, so that buckets that stay as they are do not keep the others from it.
 *
 * @param chosen buckets
 * @param buckets of how many; more than the digest has where one of its buckets has too many rows
 * @param rows how many rows the table has in them
 * @param complete whether all buckets that differ are among them
 */
record RepairScope(BitSet chosen, int buckets, int rows, boolean complete) {
    /**
     * Chooses.
     *
     * @param digestBuckets buckets of the digest
     * @param turn where to begin; any number
     * @param most rows
     */
    static RepairScope of(Comparison comparison, int digestBuckets, long turn, int most) {
        BitSet wanted = comparison.repairable();
        BucketSums table = comparison.table();
        BucketSums reduced = table.reduced(digestBuckets);
        if (wanted.stream().anyMatch(bucket -> reduced.rows(bucket) > most)) {
            return choose(spread(wanted, BucketSums.FINEST / digestBuckets), table, comparison, turn, most);
        }
        return choose(wanted, reduced, comparison, turn, most);
    }

    private static BitSet spread(BitSet coarse, int each) {
        BitSet fine = new BitSet(BucketSums.FINEST);
        coarse.stream().forEach(bucket -> fine.set(bucket * each, (bucket + 1) * each));
        return fine;
    }

    private static RepairScope choose(BitSet wanted, BucketSums table, Comparison comparison, long turn, int most) {
        int[] candidates = wanted.stream().toArray();
        BitSet chosen = new BitSet(table.buckets());
        int rows = 0;
        for (int i = 0; i < candidates.length; i++) {
            int bucket = candidates[(int) Math.floorMod(turn + i, (long) candidates.length)];
            if (table.rows(bucket) <= most - rows) {
                rows += table.rows(bucket);
                chosen.set(bucket);
            }
        }
        return new RepairScope(chosen, table.buckets(), rows,
                chosen.equals(wanted) && comparison.unsettled().isEmpty());
    }
}

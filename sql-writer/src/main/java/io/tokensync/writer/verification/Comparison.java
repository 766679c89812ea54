package io.tokensync.writer.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;

import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;

/**
 * A digest beside the table.
 *
 * @param table what the table has, in {@link BucketSums#FINEST} buckets
 * @param differing buckets of the digest that differ
 * @param unsettled of these, those in which the table has something newer than the digest
 * @param at when the table had been read
 * @param took how long that was
 */
public record Comparison(BucketSums table, BitSet differing, BitSet unsettled, Instant at, Duration took) {
    /** The same, with the buckets in which the table has something newer. */
    Comparison with(BitSet newer) {
        BitSet both = (BitSet) newer.clone();
        both.and(differing);
        return new Comparison(table, differing, both, at, took);
    }

    /** Whether the table has exactly the rows of the node. */
    boolean isEqual(NodeDigest digest) {
        return differing.isEmpty() && table.digest().equals(digest.digest());
    }

    /** Whether nothing differs but what has changed since the agent looked. */
    boolean hasOnlyNewer() {
        return !differing.isEmpty() && repairable().isEmpty();
    }

    /** The buckets that differ, and not because of anything newer. */
    BitSet repairable() {
        BitSet repairable = (BitSet) differing.clone();
        repairable.andNot(unsettled);
        return repairable;
    }
}

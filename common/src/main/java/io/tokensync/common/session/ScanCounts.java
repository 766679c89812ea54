package io.tokensync.common.session;

import java.util.Map;

import io.tokensync.common.model.FieldCheck;

/**
 * What the scanner did with rows. Of a database that was read to its end:
 * <em>read = unchanged + upserts + refused + refused before</em>.
 *
 * @param read rows read from the node
 * @param unchanged rows that are as they were published before
 * @param upserts rows that were new or changed; acknowledged by the broker
 * @param deletes rows that are gone; acknowledged
 * @param held rows that are gone, whose deletion is held back
 * @param refused rows that went to the dead-letter topic now, by code of {@link io.tokensync.common.model.RejectionReason}
 * @param refusedBefore rows of which the dead-letter topic was told in an earlier scan
 */
public record ScanCounts(long read, long unchanged, long upserts, long deletes, long held, Map<String, Long> refused,
        long refusedBefore) {
    public static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0, 0, Map.of(), 0);

    public ScanCounts {
        refused = CountsByCode.copy(refused);
    }

    /** Both together. */
    public ScanCounts plus(ScanCounts other) {
        return new ScanCounts(BoundedSum.plus(read, other.read), BoundedSum.plus(unchanged, other.unchanged),
                BoundedSum.plus(upserts, other.upserts), BoundedSum.plus(deletes, other.deletes),
                BoundedSum.plus(held, other.held), CountsByCode.sum(refused, other.refused),
                BoundedSum.plus(refusedBefore, other.refusedBefore));
    }

    /** Looks at the counts. */
    public void check(FieldCheck fields) {
        fields.count("read", read);
        fields.count("unchanged", unchanged);
        fields.count("upserts", upserts);
        fields.count("deletes", deletes);
        fields.count("held", held);
        fields.counts("refused", refused);
        fields.count("refused_before", refusedBefore);
    }

    /** Records that the broker has acknowledged. */
    public long published() {
        return BoundedSum.plus(upserts, deletes);
    }

    /** Rows that were processed: published, or rejected now. Those that are as they were before are read, and no more. */
    public long processed() {
        return BoundedSum.plus(published(), refusedNow());
    }

    /** Rows that the node has and that cannot be published as they are, whenever the dead-letter topic was told of them. */
    public long rejected() {
        return BoundedSum.plus(refusedNow(), refusedBefore);
    }

    /** Rows that went to the dead-letter topic in this scan. */
    public long refusedNow() {
        return CountsByCode.total(refused);
    }
}

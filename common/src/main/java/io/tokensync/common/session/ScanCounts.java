package io.tokensync.common.session;

import java.util.Map;

import io.tokensync.common.model.FieldCheck;

/**
 * What the scanner did with rows. Of a database that was read to its end:
 * <em>read = unchanged + upserts + rejected + rejected before</em>.
 *
 * @param read rows read from the node
 * @param unchanged rows that are as they were published before
 * @param upserts rows that were new or changed; acknowledged by the broker
 * @param deletes rows that are gone; acknowledged
 * @param held rows that are gone, whose deletion is deferred
 * @param rejected rows that went to the dead-letter topic now, by code of {@link io.tokensync.common.model.RejectionReason}
 * @param rejectedBefore rows of which the dead-letter topic was told in an earlier scan
 */
public record ScanCounts(long read, long unchanged, long upserts, long deletes, long held, Map<String, Long> rejected,
        long rejectedBefore) {
    public static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0, 0, Map.of(), 0);

    public ScanCounts {
        rejected = CountsByCode.copy(rejected);
    }

    /** Both together. */
    public ScanCounts plus(ScanCounts other) {
        return new ScanCounts(BoundedSum.plus(read, other.read), BoundedSum.plus(unchanged, other.unchanged),
                BoundedSum.plus(upserts, other.upserts), BoundedSum.plus(deletes, other.deletes),
                BoundedSum.plus(held, other.held), CountsByCode.sum(rejected, other.rejected),
                BoundedSum.plus(rejectedBefore, other.rejectedBefore));
    }

    /** Looks at the counts. */
    public void check(FieldCheck fields) {
        fields.count("read", read);
        fields.count("unchanged", unchanged);
        fields.count("upserts", upserts);
        fields.count("deletes", deletes);
        fields.count("held", held);
        fields.counts("rejected", rejected);
        fields.count("rejected_before", rejectedBefore);
    }

    /** Records that the broker has acknowledged. */
    public long published() {
        return BoundedSum.plus(upserts, deletes);
    }

    /** Rows that were processed: published, or rejected now. Those that are as they were before are read, and no more. */
    public long processed() {
        return BoundedSum.plus(published(), rejectedNow());
    }

    /** Rows that the node has and that cannot be published as they are, whenever the dead-letter topic was notified of them. */
    public long allRejected() {
        return BoundedSum.plus(rejectedNow(), rejectedBefore);
    }

    /** Rows that went to the dead-letter topic in this scan. */
    public long rejectedNow() {
        return CountsByCode.total(rejected);
    }
}

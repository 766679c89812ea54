package io.tokensync.scanner.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.session.ScanCounts;

/**
 * What became of rows. Read on any thread while one thread counts. When every database was read to its end:
 * <em>read = unchanged + published + rejected now + rejected before + left out</em>; of a database
 * whose reading broke off, the rows behind the last batch that was sent are read and nothing else.
 */
public final class RowCounts {
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong unchanged = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong rejectedBefore = new AtomicLong();
    private final AtomicLong blocksAttached = new AtomicLong();
    private final AtomicLong blocksMissing = new AtomicLong();
    private final Map<RejectionReason, AtomicLong> rejected;
    private final RowCounts whole;

    public RowCounts() {
        this(null);
    }

    private RowCounts(RowCounts whole) {
        this.whole = whole;
        Map<RejectionReason, AtomicLong> reasons = new EnumMap<>(RejectionReason.class);
        for (RejectionReason reason : RejectionReason.values()) {
            reasons.put(reason, new AtomicLong());
        }
        this.rejected = Collections.unmodifiableMap(reasons);
    }

    /** Counts of a part; what it counts, the whole counts too. */
    public RowCounts part() {
        return new RowCounts(this);
    }

    public void read(long rows) {
        read.addAndGet(rows);
        ofTheWhole(counts -> counts.read(rows));
    }

    public void unchanged(long rows) {
        unchanged.addAndGet(rows);
        ofTheWhole(counts -> counts.unchanged(rows));
    }

    public void leftOut(long rows) {
        leftOut.addAndGet(rows);
        ofTheWhole(counts -> counts.leftOut(rows));
    }

    public void published(long rows) {
        published.addAndGet(rows);
        ofTheWhole(counts -> counts.published(rows));
    }

    public void deleted(long rows) {
        deleted.addAndGet(rows);
        ofTheWhole(counts -> counts.deleted(rows));
    }

    public void held(long rows) {
        held.addAndGet(rows);
        ofTheWhole(counts -> counts.held(rows));
    }

    public void rejected(RejectionReason reason) {
        rejected.get(reason).incrementAndGet();
        ofTheWhole(counts -> counts.rejected(reason));
    }

    public void rejectedBefore(long rows) {
        rejectedBefore.addAndGet(rows);
        ofTheWhole(counts -> counts.rejectedBefore(rows));
    }

    public void blocks(long attached, long missing) {
        blocksAttached.addAndGet(attached);
        blocksMissing.addAndGet(missing);
        ofTheWhole(counts -> counts.blocks(attached, missing));
    }

    private void ofTheWhole(Consumer<RowCounts> count) {
        if (whole != null) {
            count.accept(whole);
        }
    }

    /** All of it, as a receipt tells it. */
    public ScanCounts counts() {
        Map<String, Long> reasons = new HashMap<>();
        rejectedByReason().forEach((reason, count) -> reasons.put(reason.code(), count));
        return new ScanCounts(read(), unchanged(), published(), deleted(), held(), reasons, rejectedBefore());
    }

    /** Rows read from nodes. */
    public long read() {
        return read.get();
    }

    /** Rows that are as they were published. */
    public long unchanged() {
        return unchanged.get();
    }

    /** Rows that were never published and whose status is not wanted. */
    public long leftOut() {
        return leftOut.get();
    }

    /** Rows that were new or changed; acknowledged. */
    public long published() {
        return published.get();
    }

    /** Deletions; acknowledged. */
    public long deleted() {
        return deleted.get();
    }

    /** Deletions deferred. */
    public long held() {
        return held.get();
    }

    /** Rejected rows of which the dead-letter topic was told before. */
    public long rejectedBefore() {
        return rejectedBefore.get();
    }

    /** Rejected rows of which the dead-letter topic has been told now; acknowledged. */
    public long rejectedNow() {
        return rejected.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** {@link #rejectedNow} by reason, without zeros. */
    public Map<RejectionReason, Long> rejectedByReason() {
        Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
        rejected.forEach((reason, count) -> {
            if (count.get() > 0) {
                counts.put(reason, count.get());
            }
        });
        return counts;
    }

    /** Published rows that carry their IPFS block. */
    public long blocksAttached() {
        return blocksAttached.get();
    }

    /** Published rows whose block the node's own repository does not have. */
    public long blocksMissing() {
        return blocksMissing.get();
    }
}

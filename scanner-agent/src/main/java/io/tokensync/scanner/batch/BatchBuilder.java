package io.tokensync.scanner.batch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.scanner.content.BlockSource;
import io.tokensync.scanner.diff.Rejection;
import io.tokensync.scanner.diff.RowChange.Changed;
import io.tokensync.scanner.diff.RowChange.Rejected;
import io.tokensync.scanner.diff.RowHash;
import io.tokensync.scanner.publish.RejectedRow;
import io.tokensync.scanner.publish.TokenPublisher.Batch;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.RejectionMark;
import io.tokensync.scanner.state.VersionClock;

/** Gathers what is published, acknowledged and remembered as one. */
public final class BatchBuilder {
    /** Bytes that a batch may gather, about: blocks, and the texts of rows, of which a node may write long ones. */
    private static final int MAX_BYTES = 4 << 20;
    private static final Flatfs.Read NO_BLOCK = new Flatfs.Read.Absent();

    private final DatabaseContext origin;
    private final BlockSource blocks;
    private final VersionClock versions;
    private final Clock clock;
    private final Provenance provenance;
    private final int maxRows;
    private final List<BatchRow> rows = new ArrayList<>();
    private List<TokenRecord> records = new ArrayList<>();
    private List<RejectedRow> deadLetters = new ArrayList<>();
    private int bytes;
    private int blocksMissing;
    private int blocksAttached;

    public BatchBuilder(DatabaseContext origin, BlockSource blocks, VersionClock versions, Clock clock, int maxRows) {
        this.origin = origin;
        this.blocks = blocks;
        this.versions = versions;
        this.clock = clock;
        this.provenance = origin.provenance();
        this.maxRows = maxRows;
    }

    /** An empty batch for more of the same database. */
    public BatchBuilder next() {
        return new BatchBuilder(origin, blocks, versions, clock, maxRows);
    }

    /**
     * Adds the row, and returns whether it did: a row that was published without its block, because that could not be
     * read, is added when it can, and not once more before; and a row that was published without its content, because
     * nobody wanted that, when somebody does.
     */
    public boolean add(Changed change) throws InterruptedException {
        boolean essentialOnly = origin.session().essentialOnly();
        if (essentialOnly && change.lacksOnlyContent()) {
            return false;
        }
        Flatfs.Read found = essentialOnly ? NO_BLOCK : blocks.find(change.raw().id());
        boolean unreadable = found instanceof Flatfs.Read.Unreadable;
        if (unreadable && change.lacksOnlyBlock()) {
            return false;
        }
        IpfsBlock block = essentialOnly ? null : count(found);
        long version = versions.next();
        String tokenId = change.raw().id();
        records.add(new TokenRecord(origin.key(tokenId), version, provenance, new Change.Upsert(change.row()),
                Content.absent(), block, origin.ipfsApi(), essentialOnly));
        rows.add(new BatchRow.Published(
                new PublishedRow(change.key(), remembered(change.hash(), unreadable), version),
                change.before() == null ? null : change.before().key()));
        bytes += weight(change.row());
        return true;
    }

    public void add(Rejected change) {
        if (!change.known()) {
            RejectedRow row = origin.rejected(change.raw(), change.rejection());
            deadLetters.add(row);
            bytes += row.weight();
        }
        rows.add(new BatchRow.Rejected(
                new RejectionMark(change.raw().table().number(), change.raw().rowid(), change.hash()),
                change.known() ? null : change.rejection().reason()));
    }

    /**
     * A batch with the rejections of records of this one that no broker takes; what was published of their rows before is
     * deleted. A deletion has the version of its record: the batch behind this one may have met the row in another place, and
     * what was published of it there is newer.
     *
     * @param told what the dead-letter topic has been notified of: whether of this row in this shape
     */
    BatchBuilder rejecting(List<TokenRecord> tooLarge, Predicate<RejectionMark> told) {
        Map<Long, TokenRecord> byVersion = tooLarge.stream()
                .collect(Collectors.toMap(TokenRecord::recordVersion, Function.identity()));
        BatchBuilder rejections = next();
        for (BatchRow row : rows) {
            if (row instanceof BatchRow.Published published && byVersion.containsKey(published.row().version())) {
                rejections.addTooLarge(byVersion.get(published.row().version()), published, told);
            }
        }
        return rejections;
    }

    private void addTooLarge(TokenRecord record, BatchRow.Published published, Predicate<RejectionMark> told) {
        PublishedKey key = published.row().key();
        RejectionMark mark = new RejectionMark(key.table(), key.rowid(), published.row().hash());
        boolean known = told.test(mark);
        if (!known) {
            deadLetters.add(origin.rejected(key, record,
                    new Rejection(RejectionReason.FIELD_TOO_LONG, "its record is larger than the broker takes")));
        }
        rows.add(new BatchRow.Rejected(mark, known ? null : RejectionReason.FIELD_TOO_LONG));
        PublishedKey before = published.before();
        if (before != null) {
            records.add(new TokenRecord(origin.key(before.tokenId()), record.recordVersion(), provenance,
                    new Change.Delete(clock.instant()), Content.absent(), null));
            rows.add(new BatchRow.Deleted(before, record.recordVersion()));
        }
    }

    private static int weight(TokenRow row) {
        int weight = length(row.did()) + length(row.tokenStatus()) + length(row.statusName())
                + length(row.tokenValue()) + length(row.parentTokenId()) + length(row.tokenStateHash())
                + length(row.transactionId());
        for (String error : row.validationErrors()) {
            weight += error.length();
        }
        return weight;
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    public boolean isFull() {
        return size() >= maxRows || bytes >= MAX_BYTES;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Rows that it gathers. */
    public int size() {
        return rows.size();
    }

    /** What is to be published, once: that is most of a batch, and it is remembered without. */
    Batch takeBatch() {
        Batch batch = new Batch(records, deadLetters);
        records = List.of();
        deadLetters = List.of();
        return batch;
    }

    /** The rows that it publishes, as they are to be remembered. */
    List<PublishedRow> published() {
        return rows.stream().filter(BatchRow.Published.class::isInstance)
                .map(row -> ((BatchRow.Published) row).row()).toList();
    }

    /** The rows that it deletes. */
    List<PublishedKey> deleted() {
        return rows.stream().filter(BatchRow.Deleted.class::isInstance).map(row -> ((BatchRow.Deleted) row).key())
                .toList();
    }

    /** Counts the batch as acknowledged, without the records of these versions, which the broker has rejected. */
    Acknowledgement acknowledge(Set<Long> rejected, RowCounts counts) {
        Acknowledgement acknowledgement = new Acknowledgement(rows, rejected);
        acknowledgement.count(counts);
        counts.blocks(blocksAttached, blocksMissing);
        return acknowledgement;
    }

    private long remembered(long hash, boolean unreadable) {
        if (origin.session().essentialOnly()) {
            return RowHash.essential(hash);
        }
        return unreadable ? RowHash.withoutBlock(hash) : hash;
    }

    /** The block, if it was found. */
    private IpfsBlock count(Flatfs.Read found) {
        if (found instanceof Flatfs.Read.Found(IpfsBlock block)) {
            blocksAttached++;
            bytes += block.bytes().length;
            return block;
        }
        blocksMissing++;
        return null;
    }
}

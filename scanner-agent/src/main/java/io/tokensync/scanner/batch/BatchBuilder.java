package io.tokensync.scanner.batch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.receipt.VersionSet;
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
import io.tokensync.scanner.state.StateChanges;
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
    private List<TokenRecord> records = new ArrayList<>();
    private final List<RejectedRow> rejectedRows = new ArrayList<>();
    private final List<PublishedRow> published = new ArrayList<>();
    /** Where each published row was before; null for one that is new. */
    private final List<PublishedKey> places = new ArrayList<>();
    private final List<PublishedKey> deleted = new ArrayList<>();
    private final List<Long> deletions = new ArrayList<>();
    private final List<RejectionMark> marks = new ArrayList<>();
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
        published.add(new PublishedRow(change.key(), remembered(change.hash(), unreadable), version));
        places.add(change.before() == null ? null : change.before().key());
        bytes += weight(change.row());
        return true;
    }

    public void add(Rejected change) {
        marks.add(new RejectionMark(change.raw().table().number(), change.raw().rowid(), change.hash()));
        if (!change.known()) {
            RejectedRow row = origin.rejected(change.raw(), change.rejection());
            rejectedRows.add(row);
            bytes += row.weight();
        }
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
        for (int i = 0; i < published.size(); i++) {
            TokenRecord record = byVersion.get(published.get(i).version());
            if (record != null) {
                rejections.addTooLarge(record, published.get(i), places.get(i), told);
            }
        }
        return rejections;
    }

    private void addTooLarge(TokenRecord record, PublishedRow row, PublishedKey before, Predicate<RejectionMark> told) {
        RejectionMark mark = new RejectionMark(row.key().table(), row.key().rowid(), row.hash());
        marks.add(mark);
        if (!told.test(mark)) {
            rejectedRows.add(origin.rejected(row.key(), record,
                    new Rejection(RejectionReason.FIELD_TOO_LONG, "its record is larger than the broker takes")));
        }
        if (before != null) {
            records.add(new TokenRecord(origin.key(before.tokenId()), record.recordVersion(), provenance,
                    new Change.Delete(clock.instant()), Content.absent(), null));
            deleted.add(before);
            deletions.add(record.recordVersion());
        }
    }

    private static int weight(TokenRow row) {
        int weight = length(row.did()) + length(row.tokenStatus()) + length(row.tokenValue())
                + length(row.parentTokenId()) + length(row.tokenStateHash()) + length(row.transactionId());
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
        return published.size() + marks.size();
    }

    /** What is to be published, once: the records are most of a batch, and it is remembered without them. */
    Batch takeBatch() {
        Batch batch = new Batch(records, rejectedRows);
        records = List.of();
        return batch;
    }

    /** The rows that it publishes, as they are to be remembered. */
    List<PublishedRow> published() {
        return published;
    }

    /** The rows that it deletes. */
    List<PublishedKey> deleted() {
        return deleted;
    }

    /**
     * What the state must remember once the batch is acknowledged, which has its rows already. Rows that the broker has
     * rejected are not published where they are; what was published of them before is in doubt until it is deleted.
     */
    StateChanges changes(Set<Long> rejected) {
        List<PublishedRow> dirty = new ArrayList<>();
        List<PublishedKey> forgotten = new ArrayList<>(deleted);
        for (int i = 0; !rejected.isEmpty() && i < published.size(); i++) {
            PublishedKey key = published.get(i).key();
            if (rejected.contains(published.get(i).version()) && key.equals(places.get(i))) {
                dirty.add(PublishedRow.dirty(key));
            } else if (rejected.contains(published.get(i).version())) {
                forgotten.add(key);
            }
        }
        return new StateChanges(dirty, forgotten, marks);
    }

    /** Ids of rows that were not where they are now, without those that the broker has rejected. */
    List<String> arrived(Set<Long> without) {
        List<String> arrived = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) == null && !without.contains(published.get(i).version())) {
                arrived.add(published.get(i).key().tokenId());
            }
        }
        return arrived;
    }

    /** The versions of the batch's records, without the rows that the broker has rejected. */
    VersionSet versions(Set<Long> without) {
        LongStream all = LongStream.concat(published.stream().mapToLong(PublishedRow::version),
                deletions.stream().mapToLong(Long::longValue));
        return VersionSet.of((without.isEmpty() ? all : all.filter(version -> !without.contains(version))).toArray());
    }

    /** Counts the batch as acknowledged. */
    void count(RowCounts counts, int tooLarge) {
        counts.published(published.size() - tooLarge);
        counts.deleted(deleted.size());
        counts.rejectedBefore(marks.size() - rejectedRows.size());
        rejectedRows.forEach(row -> counts.rejected(row.reason()));
        counts.blocks(blocksAttached, blocksMissing);
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

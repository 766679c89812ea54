package io.tokensync.scanner;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.tokensync.common.ipfs.Flatfs;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.Provenance;
import io.tokensync.common.model.RefusalReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.scanner.content.BlockSource;
import io.tokensync.scanner.diff.Refusal;
import io.tokensync.scanner.diff.RowChange.Changed;
import io.tokensync.scanner.diff.RowChange.Refused;
import io.tokensync.scanner.diff.RowHash;
import io.tokensync.scanner.publish.RefusedRow;
import io.tokensync.scanner.publish.TokenPublisher.Page;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.state.KnownKey;
import io.tokensync.scanner.state.KnownRow;
import io.tokensync.scanner.state.RefusedMark;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.VersionClock;

/** Gathers what is published, acknowledged and remembered as one. */
final class PageBuilder {
    /** Bytes of blocks that a page may gather; the rest of a record is small and bounded by the columns. */
    private static final int MAX_BLOCK_BYTES = 4 << 20;
    private static final Flatfs.Read NO_BLOCK = new Flatfs.Read.Absent();

    private final Origin origin;
    private final BlockSource blocks;
    private final VersionClock versions;
    private final Clock clock;
    private final Provenance provenance;
    private final int maxRows;
    private final List<TokenRecord> records = new ArrayList<>();
    private final List<RefusedRow> refusedRows = new ArrayList<>();
    private final List<KnownRow> published = new ArrayList<>();
    private final List<KnownKey> deleted = new ArrayList<>();
    private final List<RefusedMark> marks = new ArrayList<>();
    private final List<Changed> sources = new ArrayList<>();
    private int blockBytes;
    private int blocksMissing;
    private int blocksAttached;

    PageBuilder(Origin origin, BlockSource blocks, VersionClock versions, Clock clock, int maxRows) {
        this.origin = origin;
        this.blocks = blocks;
        this.versions = versions;
        this.clock = clock;
        this.provenance = origin.provenance();
        this.maxRows = maxRows;
    }

    /** An empty page for more of the same database. */
    PageBuilder next() {
        return new PageBuilder(origin, blocks, versions, clock, maxRows);
    }

    /**
     * Adds the row, and returns whether it did: a row that was published without its block, because that could not be
     * read, is added when it can, and not once more before; and a row that was published without its content, because
     * nobody wanted that, when somebody does.
     */
    boolean add(Changed change) {
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
        published.add(new KnownRow(change.key(), remembered(change.hash(), unreadable), version));
        sources.add(change);
        return true;
    }

    void add(Refused change) {
        marks.add(new RefusedMark(change.raw().table().number(), change.raw().rowid(), change.hash()));
        if (!change.known()) {
            refusedRows.add(origin.refused(change.raw(), change.refusal()));
        }
    }

    boolean isFull() {
        return size() >= maxRows || blockBytes >= MAX_BLOCK_BYTES;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Rows that it gathers. */
    int size() {
        return published.size() + marks.size();
    }

    Page page() {
        return new Page(records, refusedRows);
    }

    /** The rows that the page publishes or deletes. */
    List<KnownKey> keys() {
        List<KnownKey> keys = new ArrayList<>(published.size() + deleted.size());
        published.forEach(row -> keys.add(row.key()));
        keys.addAll(deleted);
        return keys;
    }

    /** What the state must remember once the page is acknowledged, without the rows that the broker has refused. */
    StateChanges changes(Set<Long> without) {
        return new StateChanges(
                without.isEmpty()
                        ? published
                        : published.stream().filter(row -> !without.contains(row.version())).toList(),
                deleted, marks);
    }

    /** Ids of rows that were not where they are now, without those that the broker has refused. */
    List<String> arrived(Set<Long> without) {
        List<String> arrived = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).before() == null && !without.contains(published.get(i).version())) {
                arrived.add(sources.get(i).raw().id());
            }
        }
        return arrived;
    }

    /** The versions of the page's records, without the rows that the broker has refused. */
    VersionSet versions(Set<Long> without) {
        long[] versions = new long[records.size()];
        int kept = 0;
        for (TokenRecord record : records) {
            if (without.isEmpty() || !without.contains(record.recordVersion())) {
                versions[kept++] = record.recordVersion();
            }
        }
        return VersionSet.of(Arrays.copyOf(versions, kept));
    }

    /** The rows of the records with these versions, by version. */
    Map<Long, Changed> sources(Set<Long> recordVersions) {
        Map<Long, Changed> rows = new TreeMap<>();
        for (int i = 0; i < sources.size(); i++) {
            long version = published.get(i).version();
            if (recordVersions.contains(version)) {
                rows.put(version, sources.get(i));
            }
        }
        return rows;
    }

    /**
     * Adds a row whose record no broker takes: it is refused, and what was published of it before is deleted.
     *
     * @param version that of the record, and so of the deletion: the page behind this one may have met the row in another
     *        place, and what was published of it there is newer
     * @param told whether the dead-letter topic has been told of it in this shape
     */
    void addTooLarge(Changed row, long version, boolean told) {
        Refusal refusal = new Refusal(RefusalReason.FIELD_TOO_LONG, "its record is larger than the broker takes");
        add(new Refused(row.raw(), refusal, row.hash(), told));
        if (row.before() != null) {
            KnownKey before = row.before().key();
            records.add(new TokenRecord(origin.key(before.tokenId()), version, provenance,
                    new Change.Delete(clock.instant()), Content.absent(), null));
            deleted.add(before);
        }
    }

    /** Counts the page as acknowledged. */
    void count(RowCounts counts, int tooLarge) {
        counts.published(published.size() - tooLarge);
        counts.deleted(deleted.size());
        counts.refusedBefore(marks.size() - refusedRows.size());
        refusedRows.forEach(row -> counts.refused(row.reason()));
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
            blockBytes += block.bytes().length;
            return block;
        }
        blocksMissing++;
        return null;
    }
}

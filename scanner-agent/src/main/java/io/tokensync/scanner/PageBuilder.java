package io.tokensync.scanner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.RefusalReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.content.BlockSource;
import io.tokensync.scanner.diff.Refusal;
import io.tokensync.scanner.diff.RowChange.Changed;
import io.tokensync.scanner.diff.RowChange.Refused;
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

    private final Origin origin;
    private final BlockSource blocks;
    private final VersionClock versions;
    private final int maxRows;
    private final List<TokenRecord> records = new ArrayList<>();
    private final List<RefusedRow> refusedRows = new ArrayList<>();
    private final List<KnownRow> published = new ArrayList<>();
    private final List<RefusedMark> marks = new ArrayList<>();
    private final Map<String, Changed> sources = new HashMap<>();
    private int blockBytes;
    private int blocksMissing;
    private int blocksAttached;

    PageBuilder(Origin origin, BlockSource blocks, VersionClock versions, int maxRows) {
        this.origin = origin;
        this.blocks = blocks;
        this.versions = versions;
        this.maxRows = maxRows;
    }

    /** An empty page for more of the same database. */
    PageBuilder next() {
        return new PageBuilder(origin, blocks, versions, maxRows);
    }

    void add(Changed change) {
        IpfsBlock block = block(change.cid());
        long version = versions.next();
        String tokenId = change.raw().id();
        records.add(new TokenRecord(origin.key(tokenId), version, origin.provenance(), new Change.Upsert(change.row()),
                Content.absent(), block));
        published.add(new KnownRow(tokenId, change.raw().table().number(), change.hash(), version));
        sources.put(tokenId, change);
    }

    void add(Refused change) {
        marks.add(new RefusedMark(change.raw().table().number(), change.raw().rowid(), change.hash()));
        if (!change.known()) {
            refusedRows.add(origin.refused(change.raw(), change.refusal()));
        }
    }

    boolean isFull() {
        return published.size() + marks.size() >= maxRows || blockBytes >= MAX_BLOCK_BYTES;
    }

    boolean isEmpty() {
        return published.isEmpty() && marks.isEmpty();
    }

    Page page() {
        return new Page(records, refusedRows);
    }

    /** The rows that the page publishes. */
    List<KnownKey> keys() {
        return published.stream().map(row -> new KnownKey(row.tokenId(), row.table())).toList();
    }

    /** What the state must remember once the page is acknowledged, without the rows that the broker has refused. */
    StateChanges changes(Set<String> without) {
        return new StateChanges(published.stream().filter(row -> !without.contains(row.tokenId())).toList(), List.of(),
                marks);
    }

    /** The row of this record as one that no broker takes. */
    Refused tooLarge(TokenRecord record) {
        Changed source = sources.get(record.key().tokenId());
        Refusal refusal = new Refusal(RefusalReason.FIELD_TOO_LONG, "its record is larger than the broker takes");
        return new Refused(source.raw(), refusal, source.hash(), false);
    }

    /** Counts the page as acknowledged. */
    void count(RowCounts counts, int tooLarge) {
        counts.published(published.size() - tooLarge);
        counts.refusedBefore(marks.size() - refusedRows.size());
        refusedRows.forEach(row -> counts.refused(row.reason()));
        counts.blocks(blocksAttached, blocksMissing);
    }

    private IpfsBlock block(Cid cid) {
        IpfsBlock block = cid == null ? null : blocks.find(cid);
        if (block == null) {
            blocksMissing++;
        } else {
            blocksAttached++;
            blockBytes += block.bytes().length;
        }
        return block;
    }
}

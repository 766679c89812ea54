package io.tokensync.scanner.deletion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.scanner.batch.DatabaseContext;
import io.tokensync.scanner.batch.ScanOutput;
import io.tokensync.scanner.batch.ScanReceipts;
import io.tokensync.scanner.publish.TokenPublisher.Batch;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.MissingRow;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.StateChanges;

/**
 * Publishes the deletion of rows that the table scan has not met, when the table scan is over. Each is looked for once
 * more, in one snapshot of all tables: it may have come back, or have moved under the table scan.
 */
public final class Deletions {
    private static final int PAGE = 500;
    private static final int LOT = 10_000;

    private final ScanOutput output;
    private final DatabaseContext origin;
    private final DatabaseStore store;
    private final ScanReceipts receipts;
    private long adopted;

    public Deletions(ScanOutput output, DatabaseContext origin, DatabaseStore store, ScanReceipts receipts) {
        this.output = output;
        this.origin = origin;
        this.store = store;
        this.receipts = receipts;
    }

    /**
     * Publishes all of them but those of some tables. Many at a time, because all rows are looked at for each lot.
     *
     * @param held numbers of the tables whose deletions are deferred
     * @param moved publishes those that are in another place by now
     * @param whole whether every table could be read; if not, rows of no known place may be in those that could not
     */
    void publish(Set<Integer> held, MovedRows moved, boolean whole)
            throws DatabaseProblemException, InterruptedException {
        List<MissingRow> lot = store.missingAfter(PublishedKey.FIRST, LOT);
        while (!lot.isEmpty()) {
            PublishedKey last = lot.getLast().key();
            List<PublishedKey> missing = lot.stream().map(MissingRow::key).filter(key -> !held.contains(key.table()))
                    .filter(key -> whole || !key.isAdopted()).toList();
            if (!missing.isEmpty()) {
                store.doubtOtherPlaces(missing);
            }
            for (int from = 0; from < missing.size(); from += PAGE) {
                publish(moved.publish(missing.subList(from, Math.min(from + PAGE, missing.size()))));
            }
            lot = store.missingAfter(last, LOT);
        }
    }

    /** Publishes the deletion of these rows, and forgets them. */
    void publish(List<PublishedKey> gone) throws InterruptedException {
        if (gone.isEmpty()) {
            return;
        }
        long intent = store.intend(List.of(), gone);
        Instant now = output.clock().instant();
        List<TokenRecord> records = new ArrayList<>(gone.size());
        for (PublishedKey key : gone) {
            records.add(new TokenRecord(origin.key(key.tokenId()), output.versions().next(), origin.provenance(),
                    new Change.Delete(now), Content.absent(), null));
        }
        output.publisher().publish(new Batch(records, List.of())).await();
        receipts.counts().deleted(gone.size());
        receipts.published(VersionSet.of(records.stream().mapToLong(TokenRecord::recordVersion).toArray())).await();
        store.apply(intent, new StateChanges(List.of(), gone, List.of()));
        adopted += gone.stream().filter(PublishedKey::isAdopted).count();
    }

    /** How many rows it has deleted that only the table had. */
    public long adopted() {
        return adopted;
    }
}

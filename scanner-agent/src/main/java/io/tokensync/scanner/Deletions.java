package io.tokensync.scanner;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.scanner.diff.RowDiff;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.publish.TokenPublisher.Page;
import io.tokensync.scanner.sqlite.DatabaseProblemException;
import io.tokensync.scanner.sqlite.RawRow;
import io.tokensync.scanner.sqlite.TokenReader;
import io.tokensync.scanner.state.KnownKey;
import io.tokensync.scanner.state.ScannerState;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.VersionClock;

/**
 * Publishes the deletion of rows that the walk has not met, when the walk is over. Each is looked for once more, in one
 * snapshot of all tables: it may have come back, or have moved from one table to another under the walk.
 */
final class Deletions {
    private static final int PAGE = 500;

    private final Origin origin;
    private final TokenPublisher publisher;
    private final ScannerState state;
    private final VersionClock versions;
    private final Clock clock;
    private final ScanReceipts receipts;

    Deletions(Origin origin, TokenPublisher publisher, ScannerState state, VersionClock versions, Clock clock,
            ScanReceipts receipts) {
        this.origin = origin;
        this.publisher = publisher;
        this.state = state;
        this.versions = versions;
        this.clock = clock;
        this.receipts = receipts;
    }

    /**
     * Publishes all of them but those of some tables.
     *
     * @param database number of the database in the state
     * @param held numbers of the tables whose deletions are held back
     */
    void publish(long database, TokenReader reader, Set<Integer> held)
            throws DatabaseProblemException, InterruptedException {
        String last = "";
        List<KnownKey> page = state.missingAfter(last, PAGE);
        while (!page.isEmpty()) {
            last = page.getLast().tokenId();
            publish(database, gone(reader, page.stream().filter(key -> !held.contains(key.table())).toList()));
            page = state.missingAfter(last, PAGE);
        }
    }

    private static List<KnownKey> gone(TokenReader reader, List<KnownKey> missing)
            throws DatabaseProblemException, InterruptedException {
        if (missing.isEmpty()) {
            return missing;
        }
        Set<String> there = new HashSet<>();
        for (RawRow row : reader.find(missing.stream().map(KnownKey::tokenId).toList())) {
            if (RowDiff.isWritable(row)) {
                there.add(row.id());
            }
        }
        return missing.stream().filter(key -> !there.contains(key.tokenId())).toList();
    }

    /** Publishes the deletion of these rows, and forgets them. */
    void publish(long database, List<KnownKey> gone) throws InterruptedException {
        if (gone.isEmpty()) {
            return;
        }
        long intent = state.intend(database, gone);
        Instant now = clock.instant();
        List<TokenRecord> records = new ArrayList<>(gone.size());
        for (KnownKey key : gone) {
            records.add(new TokenRecord(origin.key(key.tokenId()), versions.next(), origin.provenance(),
                    new Change.Delete(now), Content.absent(), null));
        }
        publisher.publish(new Page(records, List.of())).await();
        receipts.counts().deleted(gone.size());
        receipts.published(VersionSet.of(records.stream().mapToLong(TokenRecord::recordVersion).toArray())).await();
        List<String> ids = gone.stream().map(KnownKey::tokenId).toList();
        state.apply(database, intent, new StateChanges(List.of(), ids, List.of()));
    }
}

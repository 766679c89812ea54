package io.tokensync.scanner.batch;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.publish.TokenPublisher.Publication;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.state.StateStore;

/**
 * Keeps one batch on its way while the next is read, and the receipt of the one before it. The state moves batch by batch,
 * each batch is in it before it is sent, and believed when the batch and then its receipt are acknowledged: that is said in the
 * commit that has the next batch.
 */
public final class BatchPipeline {
    private static final long NO_INTENT = 0;

    private final TokenPublisher publisher;
    private final StateStore state;
    private final long database;
    private final ScanReceipts receipts;
    private final Consumer<List<String>> arrivals;
    private Sent sent;
    private Receipted receipted;
    private Receipted acknowledged;

    /** A batch on its way. */
    private record Sent(BatchBuilder batch, long intent, Publication publication) {}

    /** What is to be remembered when the receipt of its batch is acknowledged. */
    private record Receipted(long intent, StateChanges changes, Publication receipt) {}

    /**
     * @param database number of the database in the state
     * @param arrivals told of the ids that were published in places where they were not
     */
    public BatchPipeline(TokenPublisher publisher, StateStore state, long database, ScanReceipts receipts,
            Consumer<List<String>> arrivals) {
        this.publisher = publisher;
        this.state = state;
        this.database = database;
        this.receipts = receipts;
        this.arrivals = arrivals;
    }

    /** Sends the batch, and then waits for the one before it. */
    public void send(BatchBuilder batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        Sent next = new Sent(batch, intend(batch), publisher.publish(batch.takeBatch()));
        awaitSent();
        sent = next;
    }

    /** Waits for everything that is on its way, and remembers it. */
    public void settle() throws InterruptedException {
        awaitSent();
        awaitReceipted();
        apply();
    }

    private long intend(BatchBuilder batch) {
        long[] intent = {NO_INTENT};
        state.together(() -> {
            apply();
            intent[0] = state.intend(database, batch.published(), batch.deleted());
        });
        return intent[0];
    }

    private void apply() {
        if (acknowledged != null) {
            Receipted batch = acknowledged;
            acknowledged = null;
            state.apply(database, batch.intent, batch.changes);
        }
    }

    private void awaitSent() throws InterruptedException {
        if (sent == null) {
            return;
        }
        Sent batch = sent;
        sent = null;
        List<TokenRecord> tooLarge = batch.publication.await();
        Set<Long> refused = tooLarge.stream().map(TokenRecord::recordVersion).collect(Collectors.toSet());
        batch.batch.count(receipts.counts(), refused.size());
        receipt(batch.batch, batch.intent, refused);
        if (!refused.isEmpty()) {
            refuse(batch.batch, tooLarge);
        }
    }

    private void receipt(BatchBuilder batch, long intent, Set<Long> refused) throws InterruptedException {
        Publication receipt = receipts.published(batch.versions(refused));
        awaitReceipted();
        receipted = new Receipted(intent, batch.changes(refused), receipt);
        arrivals.accept(batch.arrived(refused));
    }

    private void awaitReceipted() throws InterruptedException {
        if (receipted != null) {
            Receipted batch = receipted;
            receipted = null;
            batch.receipt.await();
            apply();
            acknowledged = batch;
        }
    }

    /** Tells the dead-letter topic of records that the broker does not take, and deletes what was published before. */
    private void refuse(BatchBuilder batch, List<TokenRecord> tooLarge) throws InterruptedException {
        awaitReceipted();
        apply();
        BatchBuilder refused = batch.refusing(tooLarge, mark -> state.refusedHash(database, mark.table(), mark.rowid())
                .equals(OptionalLong.of(mark.hash())));
        List<PublishedKey> deleted = refused.deleted();
        long intent = NO_INTENT;
        if (!deleted.isEmpty()) {
            state.doubtOtherPlaces(database, deleted);
            intent = intend(refused);
        }
        publisher.publish(refused.takeBatch()).await();
        refused.count(receipts.counts(), 0);
        receipt(refused, intent, Set.of());
    }
}

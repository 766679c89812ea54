package io.tokensync.scanner.batch;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.publish.TokenPublisher.SendFuture;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.StateChanges;
import io.tokensync.scanner.verify.DigestedRows;

/**
 * Keeps one batch on its way while the next is read, and the receipt of the one before it. The state moves batch by batch,
 * each batch is in it before it is sent, and believed when the batch and then its receipt are acknowledged: that is said in the
 * commit that has the next batch.
 */
public final class BatchPipeline {
    private static final long NO_INTENT = 0;

    private final TokenPublisher publisher;
    private final DatabaseStore store;
    private final ScanReceipts receipts;
    private final Consumer<List<String>> arrivals;
    private final DigestedRows digested;
    private Sent sent;
    private Receipted receipted;
    private Receipted acknowledged;

    /** A batch on its way. */
    private record Sent(BatchBuilder batch, long intent, SendFuture sendFuture) {}

    /** What is to be remembered when the receipt of its batch is acknowledged. */
    private record Receipted(long intent, StateChanges changes, SendFuture receipt) {}

    /**
     * @param arrivals notified of the ids that were published in places where they were not
     * @param digested has each row that is published, and is notified of those that no broker takes
     */
    public BatchPipeline(TokenPublisher publisher, DatabaseStore store, ScanReceipts receipts,
            Consumer<List<String>> arrivals, DigestedRows digested) {
        this.publisher = publisher;
        this.store = store;
        this.receipts = receipts;
        this.arrivals = arrivals;
        this.digested = digested;
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
    public void drain() throws InterruptedException {
        awaitSent();
        awaitReceipted();
        apply();
    }

    private long intend(BatchBuilder batch) {
        long[] intent = {NO_INTENT};
        store.together(() -> {
            apply();
            intent[0] = store.intend(batch.published(), batch.deleted());
        });
        return intent[0];
    }

    private void apply() {
        if (acknowledged != null) {
            Receipted batch = acknowledged;
            acknowledged = null;
            store.apply(batch.intent, batch.changes);
        }
    }

    private void awaitSent() throws InterruptedException {
        if (sent == null) {
            return;
        }
        Sent batch = sent;
        sent = null;
        List<TokenRecord> tooLarge = batch.sendFuture.await();
        Set<Long> rejected = tooLarge.stream().map(TokenRecord::recordVersion).collect(Collectors.toSet());
        receipt(batch.batch.acknowledge(rejected, receipts.counts()), batch.intent);
        if (!rejected.isEmpty()) {
            reject(batch.batch, tooLarge);
        }
    }

    private void receipt(Acknowledgement batch, long intent) throws InterruptedException {
        SendFuture receipt = receipts.published(batch.versions());
        awaitReceipted();
        receipted = new Receipted(intent, batch.changes(), receipt);
        arrivals.accept(batch.arrived());
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
    private void reject(BatchBuilder batch, List<TokenRecord> tooLarge) throws InterruptedException {
        tooLarge.forEach(digested::remove);
        awaitReceipted();
        apply();
        BatchBuilder rejected = batch.rejecting(tooLarge, mark -> store.rejectedHash(mark.table(), mark.rowid())
                .equals(OptionalLong.of(mark.hash())));
        List<PublishedKey> deleted = rejected.deleted();
        long intent = NO_INTENT;
        if (!deleted.isEmpty()) {
            store.doubtOtherPlaces(deleted);
            intent = intend(rejected);
        }
        publisher.publish(rejected.takeBatch()).await();
        receipt(rejected.acknowledge(Set.of(), receipts.counts()), intent);
    }
}

package io.tokensync.scanner;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.publish.TokenPublisher.Publication;
import io.tokensync.scanner.state.KnownKey;
import io.tokensync.scanner.state.ScannerState;
import io.tokensync.scanner.state.StateChanges;

/**
 * Keeps one page on its way while the next is read, and the receipt of the one before it. The state moves page by page,
 * each only when the page and then its receipt are acknowledged, in the commit that says what the next page is going to be.
 */
final class PagePipeline {
    private static final long NO_INTENT = 0;

    private final TokenPublisher publisher;
    private final ScannerState state;
    private final long database;
    private final ScanReceipts receipts;
    private final Consumer<List<String>> arrivals;
    private Sent sent;
    private Receipted receipted;
    private Receipted acknowledged;

    /** A page on its way. */
    private record Sent(PageBuilder page, long intent, Publication publication) {}

    /** What is to be remembered when the receipt of its page is acknowledged. */
    private record Receipted(long intent, StateChanges changes, Publication receipt) {}

    /**
     * @param database number of the database in the state
     * @param arrivals told of the ids that were published in places where they were not
     */
    PagePipeline(TokenPublisher publisher, ScannerState state, long database, ScanReceipts receipts,
            Consumer<List<String>> arrivals) {
        this.publisher = publisher;
        this.state = state;
        this.database = database;
        this.receipts = receipts;
        this.arrivals = arrivals;
    }

    /** Sends the page, and then waits for the one before it. */
    void send(PageBuilder page) throws InterruptedException {
        if (page.isEmpty()) {
            return;
        }
        Sent next = new Sent(page, intend(page), publisher.publish(page.page()));
        awaitSent();
        sent = next;
    }

    /** Waits for everything that is on its way, and remembers it. */
    void settle() throws InterruptedException {
        awaitSent();
        awaitReceipted();
        apply();
    }

    private long intend(PageBuilder page) {
        long[] intent = {NO_INTENT};
        state.together(() -> {
            apply();
            intent[0] = state.intend(database, page.keys());
        });
        return intent[0];
    }

    private void apply() {
        if (acknowledged != null) {
            Receipted page = acknowledged;
            acknowledged = null;
            state.apply(database, page.intent, page.changes);
        }
    }

    private void awaitSent() throws InterruptedException {
        if (sent == null) {
            return;
        }
        Sent page = sent;
        sent = null;
        List<TokenRecord> tooLarge = page.publication.await();
        Set<Long> refused = tooLarge.stream().map(TokenRecord::recordVersion).collect(Collectors.toSet());
        page.page.count(receipts.counts(), refused.size());
        receipt(page.page, page.intent, refused);
        if (!refused.isEmpty()) {
            refuse(page.page, refused);
        }
    }

    private void receipt(PageBuilder page, long intent, Set<Long> refused) throws InterruptedException {
        Publication receipt = receipts.published(page.versions(refused));
        awaitReceipted();
        receipted = new Receipted(intent, page.changes(refused), receipt);
        arrivals.accept(page.arrived(refused));
    }

    private void awaitReceipted() throws InterruptedException {
        if (receipted != null) {
            Receipted page = receipted;
            receipted = null;
            page.receipt.await();
            apply();
            acknowledged = page;
        }
    }

    /** Tells the dead-letter topic of records that the broker does not take, and deletes what was published before. */
    private void refuse(PageBuilder page, Set<Long> tooLarge) throws InterruptedException {
        awaitReceipted();
        apply();
        PageBuilder refused = page.next();
        page.sources(tooLarge).forEach((version, row) -> {
            OptionalLong told = state.refusedHash(database, row.raw().table().number(), row.raw().rowid());
            refused.addTooLarge(row, version, told.equals(OptionalLong.of(row.hash())));
        });
        List<KnownKey> deleted = refused.keys();
        long intent = NO_INTENT;
        if (!deleted.isEmpty()) {
            state.doubtOtherPlaces(database, deleted);
            intent = intend(refused);
        }
        publisher.publish(refused.page()).await();
        refused.count(receipts.counts(), 0);
        receipt(refused, intent, Set.of());
    }
}

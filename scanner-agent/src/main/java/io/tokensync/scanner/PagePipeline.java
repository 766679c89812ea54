package io.tokensync.scanner;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.scanner.diff.RowChange.Changed;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.publish.TokenPublisher.Publication;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.state.ScannerState;

/** Keeps one page on its way while the next is read. The state moves page by page, each only when it is acknowledged. */
final class PagePipeline {
    private static final long NO_INTENT = 0;

    private final TokenPublisher publisher;
    private final ScannerState state;
    private final long database;
    private final RowCounts counts;
    private PageBuilder sentPage;
    private long sentIntent;
    private Publication sent;

    PagePipeline(TokenPublisher publisher, ScannerState state, long database, RowCounts counts) {
        this.publisher = publisher;
        this.state = state;
        this.database = database;
        this.counts = counts;
    }

    /** Sends the page, and then settles the one before it. */
    void send(PageBuilder page) throws InterruptedException {
        if (page.isEmpty()) {
            return;
        }
        long intent = state.intend(database, page.keys());
        Publication publication = publisher.publish(page.page());
        settle();
        sentPage = page;
        sentIntent = intent;
        sent = publication;
    }

    /** Waits for the page that is on its way, and remembers it. */
    void settle() throws InterruptedException {
        if (sent == null) {
            return;
        }
        List<TokenRecord> tooLarge = sent.await();
        Set<String> refused = tooLarge.stream().map(record -> record.key().tokenId()).collect(Collectors.toSet());
        state.apply(database, sentIntent, sentPage.changes(refused));
        sentPage.count(counts, refused.size());
        PageBuilder page = sentPage;
        sent = null;
        sentPage = null;
        if (!tooLarge.isEmpty()) {
            refuse(page, tooLarge);
        }
    }

    /** Tells the dead-letter topic of records that the broker does not take, and deletes what was published before. */
    private void refuse(PageBuilder page, List<TokenRecord> tooLarge) throws InterruptedException {
        PageBuilder refused = page.next();
        for (TokenRecord record : tooLarge) {
            Changed row = page.source(record);
            OptionalLong told = state.refusedHash(database, row.raw().table().number(), row.raw().rowid());
            refused.addTooLarge(row, told.equals(OptionalLong.of(row.hash())));
        }
        long intent = refused.keys().isEmpty() ? NO_INTENT : state.intend(database, refused.keys());
        publisher.publish(refused.page()).await();
        state.apply(database, intent, refused.changes(Set.of()));
        refused.count(counts, 0);
    }
}

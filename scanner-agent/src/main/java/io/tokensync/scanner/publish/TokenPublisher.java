package io.tokensync.scanner.publish;

import java.util.List;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;

/** Where records go. One thread at a time; at most two pages with rows are under way. */
public interface TokenPublisher extends AutoCloseable {

    /**
     * Starts sending a page, or leaves that to the waiting while there is no connection yet. May return before anything is
     * sent: the page's records must not change any more.
     *
     * @throws InterruptedException when the service closes
     */
    Publication publish(Page page) throws InterruptedException;

    /** A page on its way. */
    @FunctionalInterface
    interface Publication {
        /**
         * Waits until the broker has acknowledged the page as a whole, however long an outage lasts.
         *
         * @return records that the broker refuses for their size even without their block; everything else is
         *         acknowledged
         * @throws InterruptedException when the service closes; what has been acknowledged by then is not known
         */
        List<TokenRecord> await() throws InterruptedException;
    }

    /**
     * Records that are acknowledged together.
     *
     * @param records for {@code tokens.scanned}
     * @param refused for {@code tokens.dead-letter}
     * @param receipts for {@code sync.receipts}; not in one page with what they count, since they say that it is there
     */
    record Page(List<TokenRecord> records, List<RefusedRow> refused, List<Receipt> receipts) {
        public Page {
            records = List.copyOf(records);
            refused = List.copyOf(refused);
            receipts = List.copyOf(receipts);
        }

        public Page(List<TokenRecord> records, List<RefusedRow> refused) {
            this(records, refused, List.of());
        }

        /** A page of one receipt. */
        public static Page of(Receipt receipt) {
            return new Page(List.of(), List.of(), List.of(receipt));
        }
    }

    @Override
    void close();
}

package io.tokensync.scanner.publish;

import java.util.List;

import io.tokensync.common.model.TokenRecord;

/** Where records go. One thread at a time; at most two pages are under way. */
public interface TokenPublisher extends AutoCloseable {

    /**
     * Starts sending a page, or leaves that to the waiting while there is no connection yet; waits while there is no room
     * for it.
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
     */
    record Page(List<TokenRecord> records, List<RefusedRow> refused) {
        public Page {
            records = List.copyOf(records);
            refused = List.copyOf(refused);
        }
    }

    @Override
    void close();
}

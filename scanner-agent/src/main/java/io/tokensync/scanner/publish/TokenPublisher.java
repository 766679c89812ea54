package io.tokensync.scanner.publish;

import java.util.List;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.verification.NodeDigest;

/** Where records go. One thread at a time; at most two batches with rows are under way. */
public interface TokenPublisher extends AutoCloseable {

    /**
     * Starts sending a batch, or leaves that to the waiting while there is no connection yet. May return before anything is
     * sent: the batch's records must not change any more.
     *
     * @throws InterruptedException when the service closes
     */
    SendFuture publish(Batch batch) throws InterruptedException;

    /** A batch on its way. */
    @FunctionalInterface
    interface SendFuture {
        /**
         * Waits until the broker has acknowledged the batch as a whole, however long an outage lasts.
         *
         * @return records that the broker rejects for their size even without their block; everything else is
         *         acknowledged
         * @throws InterruptedException when the service closes; what has been acknowledged by then is not known
         */
        List<TokenRecord> await() throws InterruptedException;
    }

    /**
     * Records that are acknowledged together.
     *
     * @param records for {@code tokens.scanned}
     * @param rejected for {@code tokens.dead-letter}
     * @param receipts for {@code sync.receipts}; not in one batch with what they count, since they say that it is there
     * @param digests for {@code sync.digests}; not in one batch with the rows that they sum up
     */
    record Batch(List<TokenRecord> records, List<RejectedRow> rejected, List<Receipt> receipts,
            List<NodeDigest> digests) {
        public Batch {
            records = List.copyOf(records);
            rejected = List.copyOf(rejected);
            receipts = List.copyOf(receipts);
            digests = List.copyOf(digests);
        }

        public Batch(List<TokenRecord> records, List<RejectedRow> rejected) {
            this(records, rejected, List.of(), List.of());
        }

        /** A batch of one receipt. */
        public static Batch of(Receipt receipt) {
            return new Batch(List.of(), List.of(), List.of(receipt), List.of());
        }

        /** A batch of one digest. */
        public static Batch of(NodeDigest digest) {
            return new Batch(List.of(), List.of(), List.of(), List.of(digest));
        }
    }

    @Override
    void close();
}

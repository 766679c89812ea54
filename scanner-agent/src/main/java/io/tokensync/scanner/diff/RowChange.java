package io.tokensync.scanner.diff;

import io.tokensync.common.model.TokenRow;
import io.tokensync.scanner.source.RawRow;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;

/** One thing that the table scan met besides unchanged rows. */
public sealed interface RowChange {
    /**
     * A row that is new or differs from what was published.
     *
     * @param raw as the node stores it
     * @param row as SQL will hold it
     * @param hash what the state will remember
     * @param before what the state remembers of it; null when it is new
     */
    record Changed(RawRow raw, TokenRow row, long hash, PublishedRow before) implements RowChange {
        /** Where it is now. */
        public PublishedKey key() {
            return new PublishedKey(raw.table().number(), raw.rowid(), raw.id());
        }

        /** Whether it differs from what was published in nothing but a block that could not be read then. */
        public boolean lacksOnlyBlock() {
            return before != null && before.hash() == RowHash.withoutBlock(hash);
        }

        /** Whether it is as it was published by a scan that wants no content. */
        public boolean lacksOnlyContent() {
            return before != null && before.hash() == RowHash.essential(hash);
        }
    }

    /**
     * A row that cannot be in the table.
     *
     * @param known whether the dead-letter topic has been notified of it in this shape
     */
    record Rejected(RawRow raw, Rejection rejection, long hash, boolean known) implements RowChange {}

    /** A published row that was not met; whether it is gone is decided when the table scan is over. */
    record Missing(PublishedKey key) implements RowChange {}
}

package io.tokensync.scanner.diff;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.model.TokenRow;

/** What a stored row with a usable id becomes. */
public sealed interface MappedRow {
    /**
     * A row for the table.
     *
     * @param row its fields
     * @param cid the token id as a content id; null when it is none
     */
    record Accepted(TokenRow row, Cid cid) implements MappedRow {}

    /** A row that the table cannot hold. */
    record Rejected(Refusal refusal) implements MappedRow {}
}

package io.tokensync.scanner.diff;

import io.tokensync.common.model.TokenRow;

/** What a stored row with a usable id becomes. */
public sealed interface MappedRow {
    /**
     * A row for the table.
     *
     * @param row its fields
     */
    record Accepted(TokenRow row) implements MappedRow {}

    /** A row that the table cannot hold. */
    record Rejected(Rejection rejection) implements MappedRow {}
}

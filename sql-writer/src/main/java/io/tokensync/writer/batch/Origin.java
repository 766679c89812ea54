package io.tokensync.writer.batch;

import java.util.Objects;

import io.tokensync.common.receipt.ReceiptScope;

/**
 * Whose receipt counts a record.
 *
 * @param scope its database in its session
 * @param contentUpdate whether it only brings content that came late, and is no row of the session
 */
public record Origin(ReceiptScope scope, boolean contentUpdate) {
    public Origin {
        Objects.requireNonNull(scope, "scope");
    }
}

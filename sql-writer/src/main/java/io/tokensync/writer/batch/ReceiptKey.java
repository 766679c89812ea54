package io.tokensync.writer.batch;

import java.util.Objects;

import io.tokensync.common.receipt.ReceiptScope;

/**
 * Whose receipt counts a record.
 *
 * @param scope its database in its session
 * @param contentUpdate whether it only brings content that came late, and is no row of the session
 */
public record ReceiptKey(ReceiptScope scope, boolean contentUpdate) {
    public ReceiptKey {
        Objects.requireNonNull(scope, "scope");
    }
}

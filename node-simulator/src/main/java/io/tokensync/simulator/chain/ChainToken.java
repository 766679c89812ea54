package io.tokensync.simulator.chain;

import java.math.BigDecimal;

import io.tokensync.common.model.TokenKind;

/**
 * A token that a transaction names.
 *
 * @param previous id of the transaction before it; empty when there was none
 */
public record ChainToken(String id, TokenKind kind, BigDecimal value, String previous) {
    TransactionInfo.Entry entry(boolean withValue) {
        return new TransactionInfo.Entry(id, previous, "", withValue ? value.stripTrailingZeros() : null);
    }
}

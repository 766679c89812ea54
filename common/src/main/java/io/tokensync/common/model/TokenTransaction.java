package io.tokensync.common.model;

import java.time.Instant;
import java.util.Objects;

/**
 * The transaction that a row names, as the node has it: who gave the token to whom, and what proves it.
 *
 * @param check what it proves about itself
 * @param initiator DID of who made it; null when it was not read, or does not say
 * @param owner DID of who has the tokens after it; null when it was not read, or does not say
 * @param time when the initiator made it, in whole seconds of UTC; null when it was not read, or does not say
 */
public record TokenTransaction(TransactionCheck check, String initiator, String owner, Instant time) {
    public TokenTransaction {
        Objects.requireNonNull(check, "transaction_check");
        time = Times.cut(time);
    }

    /** One that was not read. */
    public static TokenTransaction unread(TransactionCheck check) {
        return new TokenTransaction(check, null, null, null);
    }
}

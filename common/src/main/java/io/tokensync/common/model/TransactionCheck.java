package io.tokensync.common.model;

import java.util.Locale;
import java.util.Optional;

/** What the transaction that a row names proves about itself. */
public enum TransactionCheck {
    /** Its id is the hash of what it says, and its initiator has signed it. */
    VERIFIED,
    /** Its id is the hash of what it says; it is not signed, or the initiator's key is not at hand. */
    ID_VERIFIED,
    /** Its id is not the hash of what it says. */
    ID_DIFFERS,
    /** Its id is the hash of what it says, and the signature is not its initiator's. */
    SIGNATURE_DIFFERS,
    /** The node does not have it. */
    MISSING,
    /** It is longer than is read, or is not the JSON of a transaction. */
    UNREADABLE;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The text of {@code transaction_check} in JSON and SQL. */
    public String code() {
        return code;
    }

    /** The result whose code this is; empty for a text that no version of this project has written. */
    public static Optional<TransactionCheck> of(String code) {
        for (TransactionCheck check : values()) {
            if (check.code.equals(code)) {
                return Optional.of(check);
            }
        }
        return Optional.empty();
    }
}

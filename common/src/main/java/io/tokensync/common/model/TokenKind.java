package io.tokensync.common.model;

import java.util.Locale;
import java.util.Optional;

/** What a token is; the text of {@code token_kind} in JSON and SQL is the lower-case name. */
public enum TokenKind {
    /** A whole RBT token of TokensTable. */
    WHOLE,
    /** A part of an RBT token: a row of TokensTable with a parent, or with a value from zero to below one. */
    PART,
    /** A fungible token of FTTokenTable. */
    FT,
    /** A row of NFTTokensTable. */
    NFT,
    /** A row of the table smartcontract. */
    CONTRACT,
    /** A row of DataTokensTable. */
    DATA;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The text of {@code token_kind}. */
    public String code() {
        return code;
    }

    /** The kind whose code this is; empty for a text that no version of this project has written. */
    public static Optional<TokenKind> of(String code) {
        for (TokenKind kind : values()) {
            if (kind.code.equals(code)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

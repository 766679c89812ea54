package io.tokensync.common.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The fields of a node's token row, as SQL will hold them. A column that the node's schema lacks is null.
 *
 * @param did owner, as the node has it
 * @param tokenStatus the node's status code as a decimal number in text; another text is kept as it is
 * @param statusName what the code means on a node of this generation, as {@link TokenStatus#text}, or the name that the
 *        node has for it; null when that is unknown
 * @param tokenValue decimal number without exponent ({@code 1.0}, {@code 0.00001}); another text is kept as it is
 * @param parentTokenId parent of a part token; null for a whole one
 * @param tokenKind what the token is
 * @param generation which generation of nodes it is a row of
 * @param createdAt UTC, cut to 100 ns (the precision of DATETIME2(7)); null when absent, zero or malformed
 * @param updatedAt as {@code createdAt}
 * @param tokenStateHash the node's {@code token_state_hash}; null when absent or empty
 * @param transactionId the node's {@code transaction_id}; null when absent or empty
 * @param transaction what the node has under {@code transactionId}; null where nodes have no such table, where the agent may
 *        not read it, and when the row names none
 * @param validationErrors what is wrong with the row, as {@link ValidationCode#describe}; never null
 */
public record TokenRow(String did, String tokenStatus, String statusName, String tokenValue, String parentTokenId,
        TokenKind tokenKind, NodeGeneration generation, Instant createdAt, Instant updatedAt, String tokenStateHash,
        String transactionId, TokenTransaction transaction, List<String> validationErrors) {
    public TokenRow {
        Objects.requireNonNull(tokenKind, "token_kind");
        Objects.requireNonNull(generation, "node_generation");
        validationErrors = List.copyOf(validationErrors);
        createdAt = Times.cut(createdAt);
        updatedAt = Times.cut(updatedAt);
    }

    /** A row of a node before v1, whose status has the name of its code. */
    public TokenRow(String did, String tokenStatus, String tokenValue, String parentTokenId, TokenKind tokenKind,
            Instant createdAt, Instant updatedAt, String tokenStateHash, String transactionId,
            List<String> validationErrors) {
        this(did, tokenStatus,
                TokenStatus.of(NodeGeneration.SQLITE, tokenStatus).map(TokenStatus::text).orElse(null), tokenValue,
                parentTokenId, tokenKind, NodeGeneration.SQLITE, createdAt, updatedAt, tokenStateHash, transactionId,
                null, validationErrors);
    }
}

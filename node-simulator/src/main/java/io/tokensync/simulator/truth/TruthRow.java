package io.tokensync.simulator.truth;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.tokensync.common.model.Times;

/**
 * A row that SQL must hold, field for field as {@link io.tokensync.common.model.TokenRow} has them.
 *
 * @param machine name of the machine, see {@link TruthMachine}
 * @param nodeName the node
 * @param table the node's table
 * @param tokenId as the node has it, never blank
 * @param tokenKind whole, part, ft, nft, contract or data
 * @param did owner or null
 * @param tokenStatus status code in text
 * @param tokenValue decimal number in text, or the text that stands in its place; null where the table has none
 * @param parentTokenId parent or null
 * @param createdAt UTC, cut to 100 ns, or null
 * @param updatedAt as {@code createdAt}
 * @param tokenStateHash hash or null
 * @param transactionId id or null
 * @param validationCodes codes of {@link io.tokensync.common.model.ValidationCode} in the order token id, DID, parent,
 *        status, value, creation, update; never null
 * @param content what the enricher must find
 */
public record TruthRow(String machine, String nodeName, String table, String tokenId, String tokenKind, String did,
        String tokenStatus, String tokenValue, String parentTokenId, Instant createdAt, Instant updatedAt,
        String tokenStateHash, String transactionId, List<String> validationCodes, TruthContent content) {
    public TruthRow {
        createdAt = Times.cut(createdAt);
        updatedAt = Times.cut(updatedAt);
        validationCodes = validationCodes == null ? List.of() : List.copyOf(validationCodes);
    }

    /** The row after the node has moved its status; {@code when} is null where the node writes no times. */
    @JsonIgnore
    public TruthRow withStatus(String newStatus, Instant when) {
        return new TruthRow(machine, nodeName, table, tokenId, tokenKind, did, newStatus, tokenValue, parentTokenId,
                createdAt, when == null ? updatedAt : when, tokenStateHash, transactionId, validationCodes, content);
    }

    /** The row after another transaction. */
    @JsonIgnore
    public TruthRow withTransaction(String newTransaction, Instant when) {
        return new TruthRow(machine, nodeName, table, tokenId, tokenKind, did, tokenStatus, tokenValue, parentTokenId,
                createdAt, when == null ? updatedAt : when, tokenStateHash, newTransaction, validationCodes, content);
    }

    /** The row with another owner; the time does not move. */
    @JsonIgnore
    public TruthRow withOwner(String newDid) {
        return new TruthRow(machine, nodeName, table, tokenId, tokenKind, newDid, tokenStatus, tokenValue,
                parentTokenId, createdAt, updatedAt, tokenStateHash, transactionId, validationCodes, content);
    }

    /** The row after its parent was deleted; the time does not move. */
    @JsonIgnore
    public TruthRow withoutParent() {
        return new TruthRow(machine, nodeName, table, tokenId, tokenKind, did, tokenStatus, tokenValue, null, createdAt,
                updatedAt, tokenStateHash, transactionId, validationCodes, content);
    }
}

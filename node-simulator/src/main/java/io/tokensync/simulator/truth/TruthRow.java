package io.tokensync.simulator.truth;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.tokensync.common.model.Times;

/**
 * A row that SQL must hold, field for field as {@link io.tokensync.common.model.TokenRow} has them; as wide as the table.
 *
 * @param machine name of the machine, see {@link Truth.Machine}
 * @param nodeName the node
 * @param table the node's table
 * @param tokenId as the node has it, never blank
 * @param tokenKind whole, part, ft, nft, contract or data
 * @param nodeGeneration sqlite or v1
 * @param did owner or null
 * @param tokenStatus status code in text
 * @param statusName what it means, as the views show it; null when that is unknown
 * @param tokenValue decimal number in text, or the text that stands in its place; null where the table has none
 * @param parentTokenId parent or null
 * @param createdAt UTC, cut to 100 ns, or null
 * @param updatedAt as {@code createdAt}
 * @param tokenStateHash hash or null
 * @param transactionId id or null
 * @param transaction what must be found out about that transaction; null for nodes before v1, and without an id
 * @param validationCodes codes of {@link io.tokensync.common.model.ValidationCode} in the order token id, DID, parent,
 *        status, value, creation, update; never null
 * @param content what the enricher must find
 */
public record TruthRow(String machine, String nodeName, String table, String tokenId, String tokenKind,
        String nodeGeneration, String did, String tokenStatus, String statusName, String tokenValue,
        String parentTokenId, Instant createdAt, Instant updatedAt, String tokenStateHash, String transactionId,
        Transaction transaction, List<String> validationCodes, Content content) {
    /**
     * What is to be found under a token id.
     *
     * @param data the fetched text; null when it cannot be had
     * @param failure why not: {@link #NOT_FOUND}, {@link #MISMATCH} or {@link #NOT_A_CID}; null when it can
     */
    public record Content(String data, String failure) {
        /** No repository of the simulation has the block. */
        public static final String NOT_FOUND = "not_found";
        /** The block is there, and is not the one of the id. */
        public static final String MISMATCH = "mismatch";
        /** The token id is no content id. */
        public static final String NOT_A_CID = "not_a_cid";

        public Content {
            if ((data == null) == (failure == null)) {
                throw new IllegalArgumentException("either data or a failure, not " + data + " and " + failure);
            }
        }

        public static Content of(String data) {
            return new Content(data, null);
        }

        public static Content failed(String failure) {
            return new Content(null, failure);
        }
    }

    /**
     * What a transaction proves about itself, and says, as {@link io.tokensync.common.model.TokenTransaction} has it.
     *
     * @param check code of {@link io.tokensync.common.model.TransactionCheck}
     * @param initiator DID, or null
     * @param owner DID, or null
     * @param time to the second, or null
     */
    public record Transaction(String check, String initiator, String owner, Instant time) {}

    public TruthRow {
        createdAt = Times.cut(createdAt);
        updatedAt = Times.cut(updatedAt);
        validationCodes = validationCodes == null ? List.of() : List.copyOf(validationCodes);
    }

    /** The row after the node has moved its status; {@code when} is null where the node writes no times. */
    public TruthRow withStatus(String newStatus, String newName, Instant when) {
        return new TruthRow(machine, nodeName, table, tokenId, tokenKind, nodeGeneration, did, newStatus, newName,
                tokenValue, parentTokenId, createdAt, when == null ? updatedAt : when, tokenStateHash, transactionId,
                transaction, validationCodes, content);
    }

    /** The row after another transaction; {@code said} is null for a node before v1. */
    public TruthRow withTransaction(String newTransaction, Transaction said, Instant when) {
        return new TruthRow(machine, nodeName, table, tokenId, tokenKind, nodeGeneration, did, tokenStatus, statusName,
                tokenValue, parentTokenId, createdAt, when == null ? updatedAt : when, tokenStateHash, newTransaction,
                said, validationCodes, content);
    }

    /** The row as it is where transactions are not read. */
    @JsonIgnore
    public TruthRow withoutTransaction() {
        return withTransaction(transactionId, null, null);
    }

    /** The row with another owner; the time does not move. */
    @JsonIgnore
    public TruthRow withOwner(String newDid) {
        return new TruthRow(machine, nodeName, table, tokenId, tokenKind, nodeGeneration, newDid, tokenStatus,
                statusName, tokenValue, parentTokenId, createdAt, updatedAt, tokenStateHash, transactionId,
                transaction, validationCodes, content);
    }

    /** The row after its parent was deleted; the time does not move. */
    @JsonIgnore
    public TruthRow withoutParent() {
        return new TruthRow(machine, nodeName, table, tokenId, tokenKind, nodeGeneration, did, tokenStatus, statusName,
                tokenValue, null, createdAt, updatedAt, tokenStateHash, transactionId, transaction,
                validationCodes, content);
    }
}

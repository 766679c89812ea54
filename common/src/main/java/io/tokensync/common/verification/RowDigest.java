package io.tokensync.common.verification;

import java.time.Instant;
import java.util.List;

import io.tokensync.common.model.Digest;
import io.tokensync.common.model.TokenRow;
import io.tokensync.common.model.TokenTransaction;

/**
 * 64 bits of what a node holds of a token: the id and the fields of its row, and nothing that only the way to the table has
 * added (version, session, paths, content). So whoever has a copy of the node's database comes to the same digest as who
 * reads the table. Each field counts, also one that is null.
 */
public final class RowDigest {
    private final Digest digest = new Digest();

    private RowDigest(String tokenId) {
        digest.text(tokenId);
    }

    /** The digest of a row as the agent reads it. */
    public static long of(String tokenId, TokenRow row) {
        RowDigest it = of(tokenId).text(row.did()).text(row.tokenStatus()).text(row.statusName()).text(row.tokenValue())
                .text(row.parentTokenId()).text(row.tokenKind().code()).text(row.generation().code())
                .instant(row.createdAt()).instant(row.updatedAt()).text(row.tokenStateHash()).text(row.transactionId());
        TokenTransaction known = row.transaction();
        return it.text(known == null ? null : known.check().code()).text(known == null ? null : known.initiator())
                .text(known == null ? null : known.owner()).instant(known == null ? null : known.time())
                .texts(row.validationErrors());
    }

    /**
     * A digest that is to be given the columns of the table one by one, in this order: did, token_status, status_name,
     * token_value, parent_token_id, token_kind, node_generation, created_at, updated_at, token_state_hash, transaction_id,
     * transaction_check, transaction_initiator, transaction_owner, transaction_time; {@link #texts} ends it.
     */
    public static RowDigest of(String tokenId) {
        return new RowDigest(tokenId);
    }

    /** The next column, a text or null. */
    public RowDigest text(String value) {
        digest.text(value);
        return this;
    }

    /** The next column, a time or null. */
    public RowDigest instant(Instant value) {
        digest.instant(value);
        return this;
    }

    /** The last column: validation_errors, one by one. */
    public long texts(List<String> values) {
        digest.number(values.size());
        values.forEach(digest::text);
        return digest.toLong();
    }
}

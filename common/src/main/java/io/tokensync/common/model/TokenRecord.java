package io.tokensync.common.model;

import java.util.Objects;

/**
 * One record of {@code tokens.scanned} and {@code tokens.enriched}: one change of one row, and what is known of its
 * content. Its JSON is the business of {@code common.serde}.
 *
 * @param key identity of the row
 * @param recordVersion handed out by the agent alone, strictly increasing per row; greater than zero
 * @param provenance scan, database and repository it comes from
 * @param change the row's new fields, or that it is gone
 * @param content what is known of the content; the scanner leaves it absent
 * @param ipfsBlock the raw IPFS block of the token id, which no reader believes unseen. From the agent: what it could read
 *        in the node's own repository. From the enricher: the proof of content that does not hash to the id by itself,
 *        because it goes on in other blocks or stands in one of unusual form. Null otherwise
 * @param ipfsApi where the node's IPFS daemon said its API is, as a multiaddress; a hint, no field of the row; or null
 * @param essentialOnly whether nobody is to ask for the content on account of this record, no field of the row either
 */
public record TokenRecord(TokenKey key, long recordVersion, Provenance provenance, Change change, Content content,
        IpfsBlock ipfsBlock, String ipfsApi, boolean essentialOnly) {
    public TokenRecord {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(content, "content");
        if (recordVersion <= 0) {
            throw new IllegalArgumentException("record_version must be greater than zero, not " + recordVersion);
        }
    }

    /** A record whose content is to be asked for. */
    public TokenRecord(TokenKey key, long recordVersion, Provenance provenance, Change change, Content content,
            IpfsBlock ipfsBlock, String ipfsApi) {
        this(key, recordVersion, provenance, change, content, ipfsBlock, ipfsApi, false);
    }

    /** A record without the address of an API. */
    public TokenRecord(TokenKey key, long recordVersion, Provenance provenance, Change change, Content content,
            IpfsBlock ipfsBlock) {
        this(key, recordVersion, provenance, change, content, ipfsBlock, null);
    }

    /** The record as the enricher passes it on: with this content, without the unverified block. */
    public TokenRecord withContent(Content newContent) {
        return withContent(newContent, null);
    }

    /** The same with the block that proves the content; null when it needs none. */
    public TokenRecord withContent(Content newContent, IpfsBlock proof) {
        return new TokenRecord(key, recordVersion, provenance, change, newContent, proof, ipfsApi, essentialOnly);
    }
}

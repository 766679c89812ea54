package io.tokensync.enricher.content;

import java.util.Objects;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.ipfs.Cid;

/**
 * What is looked for, and what the record itself says about where. Only the id can be believed.
 *
 * @param cid the token id
 * @param attached the block that came with the record, or null
 * @param ipfsPath the repository that the record names, or null
 * @param sourceIp the machine that the record names, or null
 * @param ipfsApi the API that the record names, a multiaddress, or null
 */
public record ContentRequest(Cid cid, IpfsBlock attached, String ipfsPath, String sourceIp, String ipfsApi) {
    public ContentRequest {
        Objects.requireNonNull(cid, "cid");
    }

    /** A request that names no API. */
    public ContentRequest(Cid cid, IpfsBlock attached, String ipfsPath) {
        this(cid, attached, ipfsPath, null, null);
    }

    /** A request for another block of the same file, which can only be where the record says the file is. */
    ContentRequest forPart(Cid part) {
        return new ContentRequest(part, null, ipfsPath, sourceIp, ipfsApi);
    }

    /** What a row says about its content. */
    public static ContentRequest of(Cid cid, TokenRecord row) {
        return new ContentRequest(cid, row.ipfsBlock(), row.provenance().ipfsPath(), row.key().sourceIp(),
                row.ipfsApi());
    }
}

package io.tokensync.enricher.content;

import java.util.Objects;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.model.IpfsBlock;

/**
 * What is looked for, and what the record itself says about where. Only the id can be believed.
 *
 * @param cid the token id
 * @param attached the block that came with the record, or null
 * @param ipfsPath the repository that the record names, or null
 */
public record ContentRequest(Cid cid, IpfsBlock attached, String ipfsPath) {
    public ContentRequest {
        Objects.requireNonNull(cid, "cid");
    }
}

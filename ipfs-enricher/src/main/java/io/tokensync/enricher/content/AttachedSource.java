package io.tokensync.enricher.content;

import io.tokensync.common.model.IpfsBlock;

/** The block that the agent attached to the record. Needs no I/O. */
public final class AttachedSource implements ContentSource {
    /** The source's name in {@code ipfs_source}. */
    public static final String NAME = "attached";

    private static final ContentAnswer NONE = new ContentAnswer.Failed(ContentFailure.NOT_FOUND,
            "the record has no block, and no other source is configured");

    @Override
    public ContentAnswer find(ContentRequest request) {
        IpfsBlock block = request.attached();
        return block == null ? NONE : new ContentAnswer.Found(block, NAME);
    }
}

package io.tokensync.enricher.codebook;

import java.util.Optional;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;

/** Whole tokens by the codebook: their content is derived, and proven by the id, without any node. Needs no I/O. */
public final class CodebookSource implements ContentSource {
    /** The source's name in {@code ipfs_source}. */
    public static final String NAME = "codebook";

    private static final ContentAnswer NONE = new ContentAnswer.Failed(ContentFailure.NOT_FOUND,
            "no whole token of the codebook has this id");

    private final Codebook codebook;

    public CodebookSource(Codebook codebook) {
        this.codebook = codebook;
    }

    @Override
    public ContentAnswer find(ContentRequest request) {
        return codebook.find(request.cid()).map(CodebookSource::found).orElse(NONE);
    }

    private static ContentAnswer found(Codebook.Entry entry) {
        return new ContentAnswer.Found(entry.block(), NAME, Optional.of(entry.token()));
    }
}

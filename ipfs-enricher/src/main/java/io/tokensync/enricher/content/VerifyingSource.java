package io.tokensync.enricher.content;

import io.micrometer.core.instrument.Counter;

import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;

/** Lets no block pass whose hash is not the id. */
public final class VerifyingSource implements ContentSource {
    private final ContentSource source;
    private final Counter mismatches;

    /** @param mismatches counts the blocks that are rejected */
    public VerifyingSource(ContentSource source, Counter mismatches) {
        this.source = source;
        this.mismatches = mismatches;
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        ContentAnswer answer = source.find(request);
        if (answer instanceof Found(var block, var name, _) && !request.cid().hashes(block.bytes())) {
            mismatches.increment();
            return new Failed(ContentFailure.MISMATCH,
                    name + " has a block of " + block.bytes().length + " bytes that does not hash to the token id");
        }
        return answer;
    }
}

package io.tokensync.enricher.http;

import java.util.Set;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;

/** Spares an endpoint that is in trouble, and those who would wait for it. */
public final class CircuitBreakingSource implements ContentSource {
    private final ContentSource source;
    private final EndpointCircuitBreaker breaker;
    private final Set<ContentFailure> troubles;
    private final ContentAnswer spared;

    /**
     * @param name of the endpoint for people
     * @param troubles failures that tell of the endpoint rather than of the block
     */
    public CircuitBreakingSource(ContentSource source, String name, EndpointCircuitBreaker breaker,
            Set<ContentFailure> troubles) {
        this.source = source;
        this.breaker = breaker;
        this.troubles = Set.copyOf(troubles);
        this.spared = new ContentAnswer.Failed(ContentFailure.UNAVAILABLE,
                name + ": not asked for a while, because it failed or was busy");
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        if (!breaker.admits()) {
            return spared;
        }
        boolean answered = false;
        try {
            ContentAnswer answer = source.find(request);
            answered = true;
            breaker.answered(answer instanceof ContentAnswer.Failed failed && troubles.contains(failed.reason()));
            return answer;
        } finally {
            if (!answered) {
                breaker.notAnswered();
            }
        }
    }
}

package io.tokensync.enricher.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.EnumSet;
import java.util.Set;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;

/** Blocks of a trustless gateway, by {@code GET /ipfs/ID?format=raw}: the raw block, which the id hashes. */
public final class GatewaySource implements ContentSource {
    /** The source's name in {@code ipfs_source}. */
    public static final String NAME = "gateway";
    /** What says that the gateway itself is in trouble; a search may end without an answer for want of the block. */
    public static final Set<ContentFailure> TROUBLES = EnumSet.of(ContentFailure.UNAVAILABLE);

    private static final String RAW = "application/vnd.ipld.raw";
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int NOT_CACHED = 412;
    private static final int SEARCHED_IN_VAIN = 504;

    private final HttpEndpoint endpoint;
    private final HttpBlocks blocks;

    /**
     * @param client as {@link KuboSource#client} makes it
     * @param breaker is told when the gateway wants to be left alone
     */
    public GatewaySource(HttpEndpoint endpoint, HttpClient client, EndpointCircuitBreaker breaker) {
        this.endpoint = endpoint;
        this.blocks = new HttpBlocks(endpoint, NAME, endpoint.name() + " (gateway)", client, breaker);
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        return blocks.ask(HttpRequest.newBuilder(endpoint.below("/ipfs/" + request.cid() + "?format=raw"))
                .header("Accept", RAW).GET().build(), (status, _) -> switch (status) {
                    case NOT_FOUND, GONE, NOT_CACHED -> ContentFailure.NOT_FOUND;
                    case SEARCHED_IN_VAIN -> ContentFailure.TIMEOUT;
                    default -> ContentFailure.UNAVAILABLE;
                });
    }
}

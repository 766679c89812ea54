package io.tokensync.enricher.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumSet;
import java.util.Set;

import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;

/**
 * Blocks by {@code POST /api/v0/block/get}: the raw block, which the id hashes, rather than {@code cat}, whose bytes would
 * have to be put back into the right block first.
 */
public final class KuboSource implements ContentSource {
    /** The source's name in {@code ipfs_source}. */
    public static final String NAME = "kubo";

    private static final int NOT_FOUND = 404;

    private final HttpEndpoint endpoint;
    private final KuboLookup lookup;
    private final HttpBlocks blocks;

    /**
     * @param client as {@link #client} makes it
     * @param breaker is told when the endpoint wants to be left alone
     */
    public KuboSource(HttpEndpoint endpoint, KuboLookup lookup, HttpClient client, EndpointCircuitBreaker breaker) {
        this.endpoint = endpoint;
        this.lookup = lookup;
        this.blocks = new HttpBlocks(endpoint, NAME, endpoint.name() + " " + lookup.words(), client, breaker);
    }

    /** A client for endpoints with these bounds; to be closed by whoever builds it. */
    public static HttpClient client(EndpointBounds bounds) {
        return HttpBlocks.client(bounds.connectTimeout());
    }

    /**
     * What says that the endpoint itself is in trouble: silence too when it need only look into its own store; a search among
     * its peers may end without an answer for want of the block.
     */
    public static Set<ContentFailure> troubles(KuboLookup lookup) {
        return switch (lookup) {
            case LOCAL -> EnumSet.of(ContentFailure.UNAVAILABLE, ContentFailure.TIMEOUT);
            case NETWORK -> EnumSet.of(ContentFailure.UNAVAILABLE);
        };
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        String command = "/api/v0/block/get?arg=" + request.cid() + switch (lookup) {
            case LOCAL -> "&offline=true";
            case NETWORK -> "&timeout=" + endpoint.bounds().totalTimeout().toMillis() + "ms";
        };
        return blocks.ask(HttpRequest.newBuilder(endpoint.below(command)).POST(BodyPublishers.noBody()).build(),
                (status, message) -> status == NOT_FOUND || KuboError.saysMissing(message)
                        ? ContentFailure.NOT_FOUND
                        : ContentFailure.UNAVAILABLE);
    }
}

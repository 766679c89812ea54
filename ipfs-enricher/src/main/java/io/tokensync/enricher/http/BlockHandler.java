package io.tokensync.enricher.http;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;

import io.tokensync.enricher.http.CappedBody.Received;

/**
 * Receives the answer to one request: a block, or what explains why there is none. A connection keeps the handler of its first
 * request, and the JDK keeps the connections of a closed client until nobody has the client: a handler that knew it would keep
 * it, and all its connections, for ever.
 */
final class BlockHandler implements BodyHandler<Received> {
    /** The status of an answer whose body is the block. */
    static final int OK = 200;
    private static final int MAX_ERROR = 4_096;

    private final int maxBytes;
    private volatile boolean headHasCome;

    /** @param maxBytes longest block */
    BlockHandler(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public BodySubscriber<Received> apply(ResponseInfo head) {
        headHasCome = true;
        return new CappedBody(head.statusCode() == OK ? maxBytes : MAX_ERROR);
    }

    /** Whether the endpoint has begun to answer. */
    boolean headHasCome() {
        return headHasCome;
    }
}

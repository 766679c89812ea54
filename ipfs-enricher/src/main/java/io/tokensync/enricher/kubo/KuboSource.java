package io.tokensync.enricher.kubo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.tokensync.common.ipfs.Cid;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentRequest;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.kubo.CappedBody.Received;

/**
 * Blocks by {@code POST /api/v0/block/get}: the raw block, which the id hashes, rather than {@code cat}, whose bytes would
 * have to be put back into the right block first.
 */
public final class KuboSource implements ContentSource {
    /** The source's name in {@code ipfs_source}. */
    public static final String NAME = "kubo";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int MAX_ERROR = 4_096;

    private final KuboEndpoint endpoint;
    private final KuboLookup lookup;
    private final HttpClient client;

    /** @param client never follows redirects; see {@link #client} */
    public KuboSource(KuboEndpoint endpoint, KuboLookup lookup, HttpClient client) {
        this.endpoint = endpoint;
        this.lookup = lookup;
        this.client = client;
    }

    /** A client for an endpoint; to be closed by whoever builds it. */
    public static HttpClient client(KuboEndpoint endpoint) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(endpoint.connectTimeout()).build();
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<Received>> answer = client.sendAsync(httpRequest(request.cid()),
                head -> new CappedBody(head.statusCode() == OK ? endpoint.maxBytes() : MAX_ERROR));
        try {
            return interpret(answer.get(endpoint.totalTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return failed(ContentFailure.TIMEOUT,
                    "no whole answer within " + endpoint.totalTimeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return explain(e.getCause());
        } finally {
            // Ends the exchange and drops its connection if it still runs.
            answer.cancel(true);
        }
    }

    private HttpRequest httpRequest(Cid cid) {
        URI command = endpoint.command("block/get?arg=" + cid + switch (lookup) {
            case LOCAL -> "&offline=true";
            case NETWORK -> "&timeout=" + endpoint.totalTimeout().toMillis() + "ms";
        });
        return HttpRequest.newBuilder(command).timeout(endpoint.firstByteTimeout()).POST(BodyPublishers.noBody())
                .build();
    }

    private ContentAnswer interpret(HttpResponse<Received> answer) {
        if (answer.statusCode() == OK) {
            return switch (answer.body()) {
                case Received.Whole whole -> new ContentAnswer.Found(new IpfsBlock(whole.bytes()), NAME);
                case Received.TooLong() ->
                    failed(ContentFailure.TOO_LARGE, "a block of more than " + endpoint.maxBytes() + " bytes");
            };
        }
        if (answer.statusCode() / 100 == 3) {
            return failed(ContentFailure.UNAVAILABLE,
                    "answers " + answer.statusCode() + "; redirects are not followed");
        }
        return refusal(answer);
    }

    private ContentAnswer refusal(HttpResponse<Received> answer) {
        String message = answer.body() instanceof Received.Whole whole ? KuboError.message(whole.bytes()) : "";
        boolean missing = answer.statusCode() == NOT_FOUND || KuboError.saysMissing(message);
        return failed(missing ? ContentFailure.NOT_FOUND : ContentFailure.UNAVAILABLE,
                "answers " + answer.statusCode() + (message.isEmpty() ? "" : ", " + message));
    }

    private ContentAnswer explain(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException _ -> failed(ContentFailure.UNAVAILABLE,
                    "no connection within " + endpoint.connectTimeout().toMillis() + " ms");
            case HttpTimeoutException _ -> failed(ContentFailure.TIMEOUT,
                    "no answer within " + endpoint.firstByteTimeout().toMillis() + " ms");
            case IOException e -> failed(ContentFailure.UNAVAILABLE, describe(e));
            default -> throw new IllegalStateException("asking " + endpoint.name() + " failed", failure);
        };
    }

    private ContentAnswer failed(ContentFailure reason, String detail) {
        return new ContentAnswer.Failed(reason, endpoint.name() + " " + lookup.words() + ": " + detail);
    }

    private static String describe(IOException e) {
        String kind = e.getClass().getSimpleName();
        return e.getMessage() == null ? kind : kind + " (" + e.getMessage() + ")";
    }
}

package io.tokensync.enricher.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.tokensync.common.http.HttpExchange;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.enricher.content.ContentAnswer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.http.CappedBody.Received;

/**
 * Requests for raw blocks at one endpoint, each within its bounds of time and size. Redirects are rejected, also within the
 * host: an endpoint is the one that is configured.
 */
final class HttpBlocks {
    private static final int TOO_MANY = 429;
    private static final int BUSY = 503;

    /**
     * The client hands an exchange on a dozen times, and nothing of ours in it waits: as many threads as processors do it with
     * less processor time than virtual ones, whose scheduler the fetches that wait need for themselves.
     */
    private static final Executor HANDOFFS = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("http-handoff-", 0).factory());

    private final HttpEndpoint endpoint;
    private final String source;
    private final String name;
    private final HttpClient client;
    private final EndpointCircuitBreaker breaker;

    /** What is peculiar to a kind of endpoint: the meaning of an answer that is neither a block nor a redirect. */
    @FunctionalInterface
    interface Rejection {
        ContentFailure reason(int status, String message);
    }

    /**
     * @param source for {@code ipfs_source}
     * @param name of the endpoint for people
     * @param client never follows redirects; see {@link #client}
     * @param breaker is told when the endpoint wants to be left alone
     */
    HttpBlocks(HttpEndpoint endpoint, String source, String name, HttpClient client, EndpointCircuitBreaker breaker) {
        this.endpoint = endpoint;
        this.source = source;
        this.name = name;
        this.client = client;
        this.breaker = breaker;
    }

    /** A client for an endpoint; to be closed by whoever builds it. */
    static HttpClient client(Duration connectTimeout) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout).executor(HANDOFFS).build();
    }

    /** Sends the request and says what came of it. */
    ContentAnswer ask(HttpRequest request, Rejection rejections) throws InterruptedException {
        BlockHandler block = new BlockHandler(endpoint.bounds().maxBytes());
        CompletableFuture<HttpResponse<Received>> answer = client.sendAsync(request, block);
        try {
            return interpret(await(answer, block), rejections);
        } catch (TimeoutException _) {
            return failed(ContentFailure.TIMEOUT, block.headHasCome()
                    ? "no whole answer within " + endpoint.bounds().totalTimeout().toMillis() + " ms"
                    : "no answer within " + endpoint.bounds().headTimeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return explain(e.getCause());
        } finally {
            HttpExchange.dropUnlessAnswered(answer);
        }
    }

    /**
     * Waits here for the head and then for the rest, rather than by the timeout of a request, for each of which the
     * client wakes its selector.
     */
    private HttpResponse<Received> await(CompletableFuture<HttpResponse<Received>> answer, BlockHandler block)
            throws InterruptedException, ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        long total = endpoint.bounds().totalTimeout().toNanos();
        try {
            return answer.get(endpoint.bounds().headTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (!block.headHasCome()) {
                throw e;
            }
            return answer.get(begin + total - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private ContentAnswer interpret(HttpResponse<Received> answer, Rejection rejections) {
        if (answer.statusCode() == BlockHandler.OK) {
            return switch (answer.body()) {
                case Received.Whole whole -> new ContentAnswer.Found(new IpfsBlock(whole.bytes()), source);
                case Received.TooLong() ->
                    failed(ContentFailure.SAID_TOO_LARGE,
                            "a block of more than " + endpoint.bounds().maxBytes() + " bytes");
            };
        }
        if (answer.statusCode() / 100 == 3) {
            return failed(ContentFailure.UNAVAILABLE,
                    "answers " + answer.statusCode() + "; redirects are not followed");
        }
        Optional<Duration> pause = RetryAfter.of(answer.headers(), breaker.clock());
        if (answer.statusCode() == TOO_MANY || (answer.statusCode() == BUSY && pause.isPresent())) {
            return busy(answer.statusCode(), pause.orElse(RetryAfter.UNSAID));
        }
        return rejection(answer, rejections);
    }

    private ContentAnswer busy(int status, Duration pause) {
        breaker.leaveAlone(pause);
        return failed(ContentFailure.THROTTLED, "answers " + status + "; not asked for " + pause.toSeconds() + " s");
    }

    private ContentAnswer rejection(HttpResponse<Received> answer, Rejection rejections) {
        String message = answer.body() instanceof Received.Whole whole ? KuboError.message(whole.bytes()) : "";
        return failed(rejections.reason(answer.statusCode(), message),
                "answers " + answer.statusCode() + (message.isEmpty() ? "" : ", " + message));
    }

    private ContentAnswer explain(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException _ -> failed(ContentFailure.UNAVAILABLE,
                    "no connection within " + endpoint.bounds().connectTimeout().toMillis() + " ms");
            case IOException e -> failed(ContentFailure.UNAVAILABLE, describe(e));
            default -> throw new IllegalStateException("asking " + name + " failed", failure);
        };
    }

    private ContentAnswer failed(ContentFailure reason, String detail) {
        return new ContentAnswer.Failed(reason, name + ": " + detail);
    }

    private static String describe(IOException e) {
        String kind = e.getClass().getSimpleName();
        return e.getMessage() == null ? kind : kind + " (" + e.getMessage() + ")";
    }
}

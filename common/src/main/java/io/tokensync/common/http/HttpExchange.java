package io.tokensync.common.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Requests of the JDK's client, of which none leaves its connection behind. The client itself does, and goes on reading, when it
 * gives up a head without end or too many interim responses.
 */
public final class HttpExchange {
    private HttpExchange() {}

    /**
     * Sends the request and waits for the answer, as {@link HttpClient#send} does.
     *
     * @throws IOException when there is no whole answer
     */
    public static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            dropUnlessAnswered(answer);
        }
    }

    /**
     * Ends an exchange that has not come to an answer, and drops its connection. By a future that is derived: a head that is
     * rejected has completed the answer itself, and what is complete cancels nothing.
     */
    public static void dropUnlessAnswered(CompletableFuture<? extends HttpResponse<?>> answer) {
        if (answer.state() != Future.State.SUCCESS) {
            var _ = answer.newIncompleteFuture().cancel(true);
        }
    }
}

package io.tokensync.common.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The JDK's HTTP server for questions: GET and HEAD only, a virtual thread for each, and an answer even when the one who
 * is asked throws.
 */
public final class ReadOnlyServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;

    private ReadOnlyServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Binds and starts.
     *
     * @param port 0 for any free one
     * @param answers asked by several threads at a time
     * @throws UncheckedIOException when the address cannot be bound
     */
    public static ReadOnlyServer start(String host, int port, Function<HttpQuestion, HttpAnswer> answers) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(threads);
            server.createContext("/", exchange -> handle(exchange, answers));
            server.start();
            return new ReadOnlyServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port it listens on; the chosen one when it was started with 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange, Function<HttpQuestion, HttpAnswer> answers) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            boolean head = method.equals("HEAD");
            HttpAnswer answer = head || method.equals("GET")
                    ? answer(exchange, answers)
                    : HttpAnswer.of(405, HttpAnswer.TEXT, "only GET and HEAD\n").with("Allow", "GET, HEAD");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean empty = head || answer.body().length == 0;
            exchange.sendResponseHeaders(answer.code(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private static HttpAnswer answer(HttpExchange exchange, Function<HttpQuestion, HttpAnswer> answers) {
        try {
            return answers.apply(HttpQuestion.of(exchange.getRequestURI(), exchange.getRequestHeaders()::getFirst));
        } catch (RuntimeException e) {
            return HttpAnswer.of(500, HttpAnswer.TEXT, "cannot answer: " + e.getClass().getSimpleName() + "\n");
        }
    }
}

package io.tokensync.common.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.runtime.StageStatus.State;

/**
 * The admin endpoint of a process: {@code /health/live}, {@code /health/ready}, {@code /metrics} and {@code /status}, for
 * GET and HEAD only. No answer depends on a remote system: a stage whose database is away is alive and ready, and
 * {@code /status} says what it waits for.
 */
public final class AdminServer implements AutoCloseable {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads;
    private final Source source;
    private volatile boolean draining;

    /**
     * What the endpoint shows. All are asked at each request, on its thread, and must not wait for anything remote.
     *
     * @param status of the stage
     * @param alive whether the stage's loop turns; asked only while the stage has not failed
     * @param metrics the metrics in Prometheus' text format
     * @param details more for {@code /status}: what Jackson can write, without secrets
     */
    public record Source(StageStatus status, BooleanSupplier alive, Supplier<String> metrics,
            Supplier<Map<String, ?>> details) {}

    private record Answer(int code, String type, String body) {}

    private AdminServer(HttpServer server, ExecutorService threads, Source source) {
        this.server = server;
        this.threads = threads;
        this.source = source;
    }

    /**
     * Binds and starts.
     *
     * @throws UncheckedIOException when the address cannot be bound, with what to do about it
     */
    public static AdminServer start(AdminSettings settings, Source source) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the admin endpoint cannot listen on " + settings.host() + ":"
                    + settings.port() + " (" + e.getMessage()
                    + "); set admin.host and admin.port, or admin.enabled: false",
                    e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        AdminServer admin = new AdminServer(server, threads, source);
        server.setExecutor(threads);
        server.createContext("/", admin::handle);
        server.start();
        return admin;
    }

    /** The port it listens on; the chosen one when the settings said 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** From now on not ready, though still alive: the first step of closing. */
    public void drain() {
        draining = true;
    }

    @Override
    public void close() {
        drain();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            boolean head = method.equals("HEAD");
            Answer answer = head || method.equals("GET")
                    ? safeAnswer(exchange.getRequestURI().getPath())
                    : new Answer(405, TEXT, "only GET and HEAD\n");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (answer.code() == 405) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            }
            exchange.sendResponseHeaders(answer.code(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer safeAnswer(String path) {
        try {
            return answer(path);
        } catch (RuntimeException e) {
            return new Answer(500, TEXT, "cannot answer: " + e.getClass().getSimpleName() + "\n");
        }
    }

    private Answer answer(String path) {
        return switch (path) {
            case "/health/live" -> health(isAlive());
            case "/health/ready" -> health(isReady());
            case "/metrics" -> new Answer(200, PROMETHEUS, source.metrics().get());
            case "/status" -> new Answer(200, JSON, status());
            default -> new Answer(404, TEXT, "there are /health/live, /health/ready, /metrics and /status\n");
        };
    }

    private boolean isAlive() {
        return source.status().snapshot().state() != State.FAILED && source.alive().getAsBoolean();
    }

    private boolean isReady() {
        return !draining && switch (source.status().snapshot().state()) {
            case RUNNING, WAITING -> true;
            case STARTING, STOPPED, FAILED -> false;
        };
    }

    private static Answer health(boolean good) {
        return good ? new Answer(200, JSON, "{\"status\":\"UP\"}\n") : new Answer(503, JSON, "{\"status\":\"DOWN\"}\n");
    }

    private String status() {
        StageStatus.Snapshot now = source.status().snapshot();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("state", draining ? "STOPPING" : now.state().name());
        shown.put("since", now.since().toString());
        if (now.kind() != null) {
            shown.put("kind", now.kind().name());
            shown.put("cause", now.cause());
        }
        shown.putAll(source.details().get());
        return MAPPER.writeValueAsString(shown) + "\n";
    }
}

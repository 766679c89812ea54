package io.tokensync.common.runtime;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.http.AccessControl;
import io.tokensync.common.http.HttpRequest;
import io.tokensync.common.http.HttpResponse;
import io.tokensync.common.http.ReadOnlyServer;

/**
 * The admin endpoint of a process: {@code /health/live}, {@code /health/ready}, {@code /metrics} and {@code /status}, for
 * GET and HEAD only. The first two, which say UP or DOWN to probes that often cannot log in, are open to all; the others
 * ask for the login when one is configured. No answer depends on a remote system; {@code /status} says what a stage waits
 * for.
 */
public final class AdminServer implements AutoCloseable {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");

    private final AccessControl access;
    private final Source source;
    private final Health health;
    private ReadOnlyServer server;
    private volatile boolean draining;

    /**
     * What the endpoint shows. All are asked at each request, on its thread, and must not wait for anything remote.
     *
     * @param status of the stage
     * @param alive whether the stage's loops turn; asked only while the stage itself has not failed
     * @param metrics the metrics in Prometheus' text format
     * @param details more for {@code /status}: what Jackson can write, without secrets
     */
    public record Source(StageStatus status, BooleanSupplier alive, Supplier<String> metrics,
            Supplier<Map<String, ?>> details) {}

    private AdminServer(AccessControl access, Source source) {
        this.access = access;
        this.source = source;
        this.health = new Health(source.status(), source.alive());
    }

    /**
     * Binds and starts.
     *
     * @throws UncheckedIOException when the address cannot be bound, with what to do about it
     */
    public static AdminServer start(AdminSettings settings, Source source) {
        AdminServer admin = new AdminServer(new AccessControl(settings.access(), "admin.names", OPEN), source);
        try {
            admin.server = ReadOnlyServer.start(settings.host(), settings.port(), settings.access().certificate(),
                    admin::answer);
            return admin;
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException("the admin endpoint cannot listen on " + settings.host() + ":"
                    + settings.port() + " (" + e.getCause().getMessage()
                    + "); set admin.host, admin.port and admin.tls, or admin.enabled: false",
                    e.getCause());
        }
    }

    /** The port it listens on; the chosen one when the settings said 0. */
    public int port() {
        return server.port();
    }

    /** From now on not ready, though still alive: the first step of closing. */
    public void drain() {
        draining = true;
    }

    @Override
    public void close() {
        drain();
        server.close();
    }

    /** A browser always sends a Host; a plain health check may not. */
    private HttpResponse answer(HttpRequest question) {
        String host = question.headerOrEmpty("Host");
        return access.rejection(question, host.isEmpty() ? "localhost" : host).orElseGet(() -> find(question));
    }

    private HttpResponse find(HttpRequest question) {
        return switch (question.path()) {
            case "/health/live" -> health(health.isAlive());
            case "/health/ready" -> health(!draining && health.isReady());
            case "/metrics" -> HttpResponse.of(200, PROMETHEUS, source.metrics().get());
            case "/status" -> HttpResponse.of(200, HttpResponse.JSON, status());
            default -> HttpResponse.of(404, HttpResponse.TEXT,
                    "there are /health/live, /health/ready, /metrics and /status\n");
        };
    }

    private static HttpResponse health(boolean good) {
        return good
                ? HttpResponse.of(200, HttpResponse.JSON, "{\"status\":\"UP\"}\n")
                : HttpResponse.of(503, HttpResponse.JSON, "{\"status\":\"DOWN\"}\n");
    }

    private String status() {
        Map<String, Object> shown = new LinkedHashMap<>(shown(source.status().snapshot()));
        if (draining) {
            shown.put("state", "STOPPING");
        }
        List<Map<String, Object>> parts = source.status().parts().stream().map(AdminServer::part).toList();
        if (!parts.isEmpty()) {
            shown.put("parts", parts);
        }
        shown.putAll(source.details().get());
        return MAPPER.writeValueAsString(shown) + "\n";
    }

    private static Map<String, Object> part(StageStatus.Part part) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", part.name());
        shown.putAll(shown(part.now()));
        return shown;
    }

    private static Map<String, Object> shown(StageStatus.Snapshot now) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("state", now.state().name());
        shown.put("since", now.since().toString());
        if (now.kind() != null) {
            shown.put("kind", now.kind().name());
            shown.put("cause", now.cause());
        }
        return shown;
    }
}

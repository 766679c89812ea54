package io.tokensync.common.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.config.Settings;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.http.ServerAccess;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdminServerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final StageStatus status = new StageStatus(Clock.fixed(NOW, ZoneOffset.UTC));
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final PrometheusMeterRegistry registry = Metrics.prometheus();
    private Supplier<Map<String, ?>> details = () -> Map.of("lag", 12);
    private final AdminServer server = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0),
            new AdminServer.Source(status, alive::get, registry::scrape, () -> details.get()));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aStartingStageIsAliveAndNotReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aStageThatWaitsForItsDatabaseIsAliveAndReady() throws Exception {
        status.waiting(FailureKind.ENVIRONMENT, "login failed");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aStageThatHasFailedOrWhoseLoopStandsStillIsNotAlive() throws Exception {
        status.running();
        alive.set(false);
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        alive.set(true);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        status.failed("bug");
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aStageOfWhichALoopHasFailedIsAliveAndNotReadyAndSaysWhich() throws Exception {
        status.part("tokens").running();
        status.part("sessions").failed("bug");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        JsonNode shown = json("/status");
        assertThat(shown.get("state").asString()).isEqualTo("FAILED");
        assertThat(shown.get("cause").asString()).isEqualTo("sessions: bug");
        assertThat(shown.get("parts").valueStream().map(part -> part.get("name").asString() + " "
                + part.get("state").asString())).containsExactly("tokens RUNNING", "sessions FAILED");
    }

    @Test
    void aClosingStageIsAliveAndNotReady() throws Exception {
        status.running();
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        server.drain();
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(json("/status").get("state").asString()).isEqualTo("STOPPING");
    }

    @Test
    void theStatusSaysWhatTheStageWaitsForAndTheDetails() throws Exception {
        status.waiting(FailureKind.THROTTLED, "error 40501 \"busy\"");
        JsonNode shown = json("/status");
        assertThat(shown.get("state").asString()).isEqualTo("WAITING");
        assertThat(shown.get("since").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(shown.get("kind").asString()).isEqualTo("THROTTLED");
        assertThat(shown.get("cause").asString()).isEqualTo("error 40501 \"busy\"");
        assertThat(shown.get("lag").asInt()).isEqualTo(12);
    }

    @Test
    void metricsAreInPrometheusText() throws Exception {
        new Metrics(registry).counter(MetricNames.WRITER_RECORDS, "inserted").increment(3);
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.body()).contains("tokensync_writer_records_total{outcome=\"inserted\"} 3.0");
    }

    @ParameterizedTest
    @CsvSource({"localhost,200", "LOCALHOST:9404,200", "127.0.0.1:1,200", "[::1]:9404,200", "writer:9404,200",
            "'',200", "evil.example.com,421", "evil.example.com:9404,421", "127.0.0.1.example.com,421",
            "writer.example.com,200"})
    void onlyItsOwnNamesAreAnswered(String host, int code) throws Exception {
        AdminSettings settings = new AdminSettings(true, "127.0.0.1", 0,
                ServerAccess.open(List.of("Writer.example.com")));
        try (AdminServer named = AdminServer.start(settings,
                new AdminServer.Source(status, alive::get, registry::scrape, Map::of));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), named.port())) {
            socket.getOutputStream().write(("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + code);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void nothingCanBeChanged(String method) throws Exception {
        HttpResponse<String> answer = send(method, "/status");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void headHasNoBody() throws Exception {
        status.running();
        HttpResponse<String> answer = send("HEAD", "/health/ready");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/livexyz", "/status/", "/metrics/../x", "/%2e%2e/etc/passwd"})
    void otherPathsAreNotFound(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/status");
    }

    @Test
    void detailsThatFailAreAnAnswerToo() throws Exception {
        details = () -> {
            throw new IllegalStateException("hunter2");
        };
        HttpResponse<String> answer = get("/status");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("hunter2");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aTakenPortSaysWhatToDo() {
        AdminSettings taken = new AdminSettings(true, "127.0.0.1", server.port());
        assertThatThrownBy(
                () -> AdminServer.start(taken, new AdminServer.Source(status, alive::get, () -> "", Map::of)))
                .hasMessageContaining("127.0.0.1:" + server.port()).hasMessageContaining("admin.port");
    }

    @Test
    void theDefaultIsTheLoopbackAddress() {
        Settings settings = Settings.of(Map.of("admin.port", 9401));
        assertThat(AdminSettings.from(settings, 9400)).isEqualTo(new AdminSettings(true, "127.0.0.1", 9401));
        settings.check();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.builder().build().readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    }
}

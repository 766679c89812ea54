package io.tokensync.monitor.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.config.Secret;
import io.tokensync.common.http.Credentials;
import io.tokensync.common.http.ServerAccess;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.probe.Backlog;
import io.tokensync.monitor.view.Freshness;

import static org.assertj.core.api.Assertions.assertThat;

class StatusPageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final SimulatedFleet fleet = new SimulatedFleet(500, 1_000, clock);
    private final StatusPage page = StatusPage.start(
            new PageSettings(true, "127.0.0.1", 0, List.of("Status.example.com")),
            new PageSources(fleet, List::of, () -> Backlog.UNKNOWN, List::of, () -> AuditView.OFF,
                    Duration.ofMinutes(30)),
            clock);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        page.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app.js", "/page.css", "/icon.svg", "/api/overview", "/api/nodes", "/nothing"})
    void everyAnswerForbidsWhatThePageDoesNotNeed(String path) throws Exception {
        var headers = get(path).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow()).startsWith("default-src 'none'")
                .doesNotContain("unsafe").contains("frame-ancestors 'none'", "require-trusted-types-for 'script'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void noFileOfThePageNamesAnotherHostOrHasInlineCode() throws Exception {
        for (String path : List.of("/", "/app.js", "/page.css", "/dom.js", "/fleet.js", "/sessions.js", "/audit.js")) {
            String text = get(path).body().replace("http://www.w3.org/2000/svg", "");
            assertThat(text).as(path).doesNotContain("http://", "https://", "innerHTML", "eval(", " style=", "onload=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.com", "evil.example.com:9400", "localhost.example.com", "",
            "127.0.0.1.example.com"})
    void anotherNameIsRejected(String host) throws Exception {
        assertThat(statusLine(host)).contains(" 421 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9400", "127.0.0.1:1", "[::1]:9400", "10.20.0.1",
            "status.example.com:80"})
    void localhostAddressesAndNamesOfTheConfigurationAreAnswered(String host) throws Exception {
        assertThat(statusLine(host)).contains(" 200 ");
    }

    /** Files of the page, what it shows and what there is not: all behind the same door, under the same rules. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/app.js", "/page.css", "/icon.svg", "/api/overview", "/api/nodes", "/api/audit",
            "/nothing", "/health/live"})
    void withALoginNothingIsShownWithoutIt(String path) throws Exception {
        Credentials login = new Credentials("operator", Optional.of(Secret.of("hunter2")), Optional.empty());
        ServerAccess access = new ServerAccess(List.of(), Optional.of(login), Optional.empty());
        try (StatusPage closed = StatusPage.start(new PageSettings(true, "127.0.0.1", 0, access),
                new PageSources(fleet, List::of, () -> Backlog.UNKNOWN, List::of, () -> AuditView.OFF,
                        Duration.ofMinutes(30)),
                clock)) {
            URI address = closed.address().resolve(path);
            HttpResponse<String> rejected = client.send(HttpRequest.newBuilder(address).build(),
                    BodyHandlers.ofString());
            assertThat(rejected.statusCode()).isEqualTo(401);
            assertThat(rejected.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic realm=");
            assertThat(rejected.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(rejected.body()).isEqualTo("this needs a login\n");
            int code = client.send(HttpRequest.newBuilder(address).header("Authorization", login.authorization())
                    .build(), BodyHandlers.ofString()).statusCode();
            assertThat(code).isEqualTo(path.equals("/nothing") || path.equals("/health/live") ? 404 : 200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../page.css", "/%2e%2e/secret", "/page.css/", "/io/tokensync", "/api/",
            "/StatusPage.class"})
    void nothingElseIsServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void anUnchangedFileIsNotSentAgain() throws Exception {
        String tag = get("/app.js").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = client.send(request("/app.js").header("If-None-Match", tag).build(),
                BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void onlyQuestionsAreAnswered() throws Exception {
        var post = client.send(request("/api/overview").POST(HttpRequest.BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
        assertThat(post.statusCode()).isEqualTo(405);
    }

    @Test
    void anOverviewOf500NodesIsSmall() throws Exception {
        HttpResponse<byte[]> packed = client.send(request("/api/overview").header("Accept-Encoding", "gzip").build(),
                BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.body()).hasSizeLessThan(16_000);
        JsonNode overview = JSON.readTree(new GZIPInputStream(new ByteArrayInputStream(packed.body())));
        assertThat(overview.path("agents").size()).isEqualTo(28);
        assertThat(overview.path("stages").size()).isEqualTo(3);
    }

    @Test
    void theAgesOfWhatIsInFlightAddUpToIt() throws Exception {
        JsonNode overview = JSON.readTree(get("/api/overview").body());
        long ages = overview.path("ages").valueStream().mapToLong(JsonNode::asLong).sum();
        JsonNode inFlight = overview.path("in_flight");
        assertThat(ages).isPositive()
                .isEqualTo(inFlight.path("to_enricher").asLong() + inFlight.path("to_writer").asLong());
    }

    @Test
    void whatIsNotKnownIsSaidWithSinceWhen() throws Exception {
        Instant since = Instant.parse("2026-01-01T00:00:00Z");
        fleet.knows(Freshness.unknown(since, since.plusSeconds(10), "no word from Kafka"));
        JsonNode fresh = JSON.readTree(get("/api/overview").body()).path("fresh");
        assertThat(fresh.path("known").asBoolean(true)).isFalse();
        assertThat(fresh.path("as_of").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(fresh.path("cause").asString()).isEqualTo("no word from Kafka");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=-5", "limit=99999999999", "limit=x", "from=-1", "from=99999999", "q=%00%ff",
            "status=%3Cscript%3E", "limit", "&&=&"})
    void noAddressMakesAnAnswerWrongOrLarge(String query) throws Exception {
        for (String path : List.of("/api/nodes?", "/api/sessions?")) {
            HttpResponse<String> answer = get(path + query);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).path("rows").size()).isLessThanOrEqualTo(200);
        }
    }

    @Test
    void aFilterFindsNodesByNameMachineOrPath() throws Exception {
        assertThat(rows("/api/nodes?q=NODE017")).isEqualTo(1);
        assertThat(rows("/api/nodes?q=10.20.0.11")).isEqualTo(18);
        assertThat(rows("/api/nodes?status=STALLED")).isEqualTo(3);
        assertThat(rows("/api/nodes?q=nothing-like-it")).isZero();
    }

    @Test
    void aSessionHasItsDatabasesAndAnUnknownOneIsNotFound() throws Exception {
        String id = fleet.sessions().getFirst().sessionId();
        JsonNode detail = JSON.readTree(get("/api/session?id=" + id).body());
        assertThat(detail.path("session").path("session_id").asString()).isEqualTo(id);
        assertThat(detail.path("databases").path("rows").size()).isEqualTo(18);
        assertThat(get("/api/session?id=" + id + "0").statusCode()).isEqualTo(404);
        assertThat(get("/api/session").statusCode()).isEqualTo(404);
    }

    private int rows(String path) throws Exception {
        return JSON.readTree(get(path).body()).path("total").asInt();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path));
    }

    /** Java's client does not let anybody choose the Host. */
    private String statusLine(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
            socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst()
                    .orElse("");
        }
    }
}

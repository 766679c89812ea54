package io.tokensync.monitor.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.config.Secret;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.web.Fleets;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages, received for real over HTTP. */
class AlertServiceTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

    private final Clock clock = Clock.systemUTC();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final AtomicInteger rejections = new AtomicInteger();
    private final AtomicInteger rejection = new AtomicInteger(503);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Sleeper briefly = _ -> Sleeper.system().sleep(Duration.ofMillis(5));
    private final MonitorViews views = Fleets.small(clock);
    private volatile List<StageInstance> instances = List.of();
    private volatile boolean leads = true;
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                if (rejections.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                    exchange.sendResponseHeaders(rejection.get(), -1);
                    return;
                }
                paths.add(exchange.getRequestURI().getPath());
                received.add(JsonMapper.shared().readTree(body).path("text").asString());
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        logged.start();
        ((Logger) LoggerFactory.getLogger("io.tokensync")).addAppender(logged);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger("io.tokensync")).detachAppender(logged);
        server.stop(0);
    }

    @Test
    void theBeginningIsOneMessageAndWhatIsNewIsAnother() {
        try (AlertService service = start(telegram())) {
            awaitMessage("the monitor watches; nothing needs attention");
            instances = List.of(waiting());
            awaitMessage("writer writer-1:9405 waits");
            instances = List.of();
            awaitMessage("over: writer writer-1:9405 waits");
            assertThat(received).hasSize(3);
            assertThat(paths).containsOnly("/bot" + TOKEN + "/sendMessage");
        }
        assertThat(logged.list)
                .noneMatch(event -> (event.getFormattedMessage() + event.getKeyValuePairs()).contains(TOKEN));
    }

    @Test
    void theWebhookGetsTheSame() {
        try (AlertService service = start(webhook())) {
            instances = List.of(waiting());
            awaitMessage("writer writer-1:9405 waits");
            assertThat(paths).containsOnly("/hook/secret-key");
        }
    }

    @Test
    void whoDoesNotLeadTellsNothingAndWhoTakesOverTellsWhatIsTrue() {
        leads = false;
        instances = List.of(waiting());
        try (AlertService service = start(webhook())) {
            Awaitility.await().during(Duration.ofMillis(200)).atMost(BOUND).until(received::isEmpty);
            leads = true;
            awaitMessage("1 matters need attention:");
            assertThat(received).singleElement().asString().contains("writer-1:9405 waits");
        }
    }

    @Test
    void aChannelThatIsAwayIsTriedAgain() {
        rejections.set(Outbox.ATTEMPTS - 1);
        try (AlertService service = start(webhook())) {
            awaitMessage("the monitor watches");
        }
    }

    @Test
    void aMessageThatIsRejectedForGoodIsGivenUpAndCounted() {
        rejection.set(403);
        rejections.set(1);
        try (AlertService service = start(webhook())) {
            Awaitility.await().atMost(BOUND).until(() -> count("failed") == 1);
            instances = List.of(waiting());
            awaitMessage("writer-1:9405 waits");
            assertThat(received).hasSize(1);
        }
        assertThat(logged.list)
                .noneMatch(event -> (event.getFormattedMessage() + event.getKeyValuePairs()).contains("secret-key"));
    }

    private double count(String outcome) {
        return new Metrics(registry).counter(MetricNames.MONITOR_ALERTS, "webhook", outcome).count();
    }

    private void awaitMessage(String text) {
        Awaitility.await(text).atMost(BOUND).until(() -> received.stream().anyMatch(message -> message.contains(text)));
    }

    private StageInstance waiting() {
        return new StageInstance("writer", "writer-1:9405", "WAITING", Instant.EPOCH, "ENVIRONMENT", "SQL error 40544");
    }

    private AlertService start(AlertSettings settings) {
        return AlertService.start(settings,
                new AlertSources(views, () -> instances, () -> AuditView.OFF, Map::of), () -> leads,
                new Metrics(registry), clock, briefly);
    }

    private AlertSettings telegram() {
        return settings(Optional.empty(),
                Optional.of(new AlertSettings.Bot(URI.create(base()), Secret.of(TOKEN), "-100")));
    }

    private AlertSettings webhook() {
        return settings(Optional.of(Secret.of(base() + "/hook/secret-key")), Optional.empty());
    }

    private static AlertSettings settings(Optional<Secret> webhook, Optional<AlertSettings.Bot> bot) {
        return new AlertSettings("test", webhook, bot, Duration.ofMinutes(5), Duration.ofMinutes(10), 1_000_000);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}

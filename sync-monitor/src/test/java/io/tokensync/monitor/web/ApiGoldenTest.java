package io.tokensync.monitor.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.http.HttpRequest;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.AuditView.Open;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Unanswered;
import io.tokensync.monitor.probe.Backlog;
import io.tokensync.monitor.probe.History.Sample;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.testkit.golden.Golden;

/** The answers of the status page's API: every field under its name, in its order. */
class ApiGoldenTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SESSION = "00000000-0000-0007-0000-000000000002";

    private final Finding finding = new Finding(FindingKind.QUIET_NODES, 2, List.of("node_name", "since"),
            List.of(Arrays.asList("node001", null)));
    private final List<Open> open = List.of(
            new Open(new Unanswered(FindingKind.HOLDERS_FLIP, "it took too long"), null),
            new Open(new Unanswered(FindingKind.QUIET_NODES, "it took too long"), NOW.minusSeconds(900)));
    private final Api api = new Api(new PageSources(new SimulatedFleet(45, 7, CLOCK),
            () -> List.of(new StageInstance("writer", "http://writer:9464", "WAITING", NOW, "ENVIRONMENT", "login")),
            () -> new Backlog(NOW, Map.of("enricher", 3L, "monitor", 4L)),
            () -> List.of(new Sample(NOW, List.of(1.5, 2.0, 0.0), List.of(3L, -1L))),
            () -> new AuditView(AuditView.State.DONE, NOW, Duration.ofSeconds(1), null, List.of(finding), open),
            Duration.ofMinutes(30)), CLOCK);

    @ParameterizedTest
    @CsvSource({"overview,", "nodes, node04", "sessions, 10.20.0.13", "audit,"})
    void answers(String question, String text) {
        check(question, text == null ? Map.of() : Map.of("q", text));
    }

    @Test
    void oneSession() {
        check("session", Map.of("id", SESSION, "q", "node003"));
    }

    private void check(String question, Map<String, String> query) {
        byte[] body = api.find(new HttpRequest("/api/" + question, query, _ -> null)).orElseThrow().body();
        Golden.files().check("api/" + question + ".json", JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.readTree(new String(body, StandardCharsets.UTF_8))));
    }
}

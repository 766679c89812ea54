package io.tokensync.monitor.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.http.HttpRequest;
import io.tokensync.common.http.HttpResponse;

/** The questions of the page, answered in JSON with names in snake case. */
final class Api {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    /** Many browsers cost no more than one: within this time all get the same overview. */
    private static final Duration SHARED = Duration.ofMillis(400);

    private final PageSources sources;
    private final Clock clock;
    private Instant reconciledAt = Instant.MIN;
    private HttpResponse overview;

    Api(PageSources sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /** The answer; empty when this is no question of the API. */
    Optional<HttpResponse> find(HttpRequest question) {
        Slice slice = Slice.of(question.query());
        return switch (question.path()) {
            case "/api/overview" -> Optional.of(overview());
            case "/api/nodes" ->
                Optional.of(json(NodeTable.page(new Fleet(sources.views().fleet(), sources.silence()), slice)));
            case "/api/sessions" -> Optional.of(json(SessionTable.page(sources.views().sessions(), slice)));
            case "/api/session" -> Optional.of(session(question.query(), slice));
            case "/api/audit" -> Optional.of(json(AuditPage.of(sources.audit().get())));
            default -> Optional.empty();
        };
    }

    private synchronized HttpResponse overview() {
        Instant now = clock.instant();
        if (overview == null || Duration.between(reconciledAt, now).abs().compareTo(SHARED) > 0) {
            overview = json(Overview.of(sources, now));
            reconciledAt = now;
        }
        return overview;
    }

    private HttpResponse session(Map<String, String> query, Slice slice) {
        String id = query.getOrDefault("id", "");
        return sources.views().session(id)
                .map(session -> json(SessionTable.detail(session, sources.views().databases(id), slice)))
                .orElseGet(
                        () -> HttpResponse.of(404, HttpResponse.JSON, "{\"problem\":\"no such session is kept\"}\n"));
    }

    private static HttpResponse json(Object value) {
        return HttpResponse.of(200, HttpResponse.JSON, JSON.writeValueAsString(value) + "\n");
    }
}

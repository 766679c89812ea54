package io.tokensync.monitor.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.http.HttpRequest;
import io.tokensync.common.http.HttpResponse;
import io.tokensync.monitor.deadletter.DeadLetterView;
import io.tokensync.monitor.table.TableException;

/** The questions of the page, answered in JSON with names in snake case. */
final class Api {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    /** Many browsers cost no more than one: within this time all get the same overview. */
    private static final Duration SHARED = Duration.ofMillis(400);

    /** Dead letters of a session that are shown with it. */
    private static final int EXAMPLES = 5;

    private final PageSources sources;
    private final Clock clock;
    private final TableApi table;
    private final Exports exports;
    private Instant reconciledAt = Instant.MIN;
    private HttpResponse overview;

    Api(PageSources sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
        this.table = new TableApi(sources);
        this.exports = new Exports(sources);
    }

    /** The answer; empty when this is no question of the API. */
    Optional<HttpResponse> find(HttpRequest question) {
        try {
            return shown(question);
        } catch (IllegalArgumentException e) {
            return Optional.of(problem(400, e.getMessage()));
        } catch (NothingThere e) {
            return Optional.of(problem(404, e.getMessage()));
        } catch (TableException e) {
            return Optional.of(problem(503, e.getMessage()));
        }
    }

    private Optional<HttpResponse> shown(HttpRequest question) throws TableException {
        Optional<HttpResponse> known = known(question);
        if (known.isPresent()) {
            return known;
        }
        Optional<HttpResponse> found = table.find(question).map(Api::json);
        return found.isPresent() ? found : exports.find(question);
    }

    private Optional<HttpResponse> known(HttpRequest question) {
        Slice slice = Slice.of(question.query());
        return switch (question.path()) {
            case "/api/overview" -> Optional.of(overview());
            case "/api/nodes" ->
                Optional.of(json(NodeTable.page(new Fleet(sources), slice)));
            case "/api/sessions" -> Optional.of(json(SessionTable.page(sources.views().sessions(), slice)));
            case "/api/session" -> Optional.of(session(question.query(), slice));
            case "/api/dead-letters" -> Optional.of(
                    json(DeadLetterTable.of(sources.workbench().deadLetters(), question.query())));
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
                .map(session -> json(SessionTable.detail(session, sources.views().databases(id), slice, examples(id))))
                .orElseThrow(() -> new NothingThere("no such session is kept"));
    }

    private List<DeadLetterView> examples(String session) {
        return sources.workbench().deadLetters().find(one -> session.equals(one.sessionId())).stream().limit(EXAMPLES)
                .toList();
    }

    private static HttpResponse problem(int code, String sentence) {
        return HttpResponse.of(code, HttpResponse.JSON, JSON.writeValueAsString(Map.of("problem", sentence)) + "\n");
    }

    private static HttpResponse json(Object value) {
        return HttpResponse.of(200, HttpResponse.JSON, JSON.writeValueAsString(value) + "\n");
    }
}

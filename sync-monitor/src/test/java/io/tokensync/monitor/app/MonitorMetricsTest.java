package io.tokensync.monitor.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Unanswered;
import io.tokensync.monitor.view.ScriptedViews;

import static org.assertj.core.api.Assertions.assertThat;

class MonitorMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final ScriptedViews views = new ScriptedViews(clock);
    private final PrometheusMeterRegistry registry = Metrics.prometheus();
    private AuditView audit = AuditView.OFF;

    @BeforeEach
    void register() {
        MonitorMetrics.register(new Metrics(registry), views, () -> audit, Duration.ofMinutes(10), clock);
    }

    @Test
    void sessionsAndWhatIsInFlightAreShown() {
        views.put("a", SessionStatus.STALLED, 100, 7);
        views.put("b", SessionStatus.RUNNING, 100, 5);
        views.put("c", SessionStatus.COMPLETED, 100, 0);
        assertThat(lines()).contains("tokensync_monitor_sessions{status=\"stalled\"} 1.0",
                "tokensync_monitor_sessions{status=\"running\"} 1.0",
                "tokensync_monitor_sessions{status=\"interrupted\"} 0.0",
                "tokensync_monitor_in_flight_records 12.0", "tokensync_monitor_known_state 1.0");
    }

    @Test
    void whatCannotBeReadIsCountedApartFromWhatWaitsForAnOperator() {
        views.problems("10.20.0.11", List.of(problem("unreadable_file", "/n1"), problem("schema_unknown", "/n2"),
                problem("deletes_deferred", "/n3")));
        assertThat(lines()).contains("tokensync_monitor_databases{state=\"unreadable\"} 2.0",
                "tokensync_monitor_databases{state=\"deferred\"} 1.0", "tokensync_monitor_silent_agents 0.0");
    }

    @Test
    void deadLettersAreShownByReasonAndEveryReasonIsThereFromTheStart() {
        assertThat(lines()).contains("tokensync_monitor_dead_lettered_records{reason=\"field_too_long\"} 0.0");
        PrometheusMeterRegistry later = Metrics.prometheus();
        views.deadLetter(Map.of("field_too_long", 3L));
        MonitorMetrics.register(new Metrics(later), views, () -> audit, Duration.ofMinutes(10), clock);
        assertThat(later.scrape().lines())
                .contains("tokensync_monitor_dead_lettered_records{reason=\"field_too_long\"} 3.0");
    }

    @Test
    void findingsAreNotKnownUntilTheFirstAuditHasEnded() {
        assertThat(lines()).contains("tokensync_monitor_finding_rows{kind=\"quiet_nodes\"} NaN");
        audit = new AuditView(AuditView.State.DONE, NOW, Duration.ofSeconds(1), null,
                List.of(new Finding(FindingKind.QUIET_NODES, 4, List.of(), List.of())));
        assertThat(lines()).contains("tokensync_monitor_finding_rows{kind=\"quiet_nodes\"} 4.0");
    }

    /** A zero would say that nothing was found, and nothing at all would end an alert that is as true as before. */
    @Test
    void aKindWithoutAnAnswerKeepsItsRowsAndIsMarked() {
        assertThat(lines()).contains("tokensync_monitor_finding_unanswered_state{kind=\"quiet_nodes\"} NaN");
        audit = AuditView.RUNNING.after(new AuditAnswers(List.of(
                new Finding(FindingKind.QUIET_NODES, 4, List.of(), List.of()), missing(FindingKind.HOLDERS_FLIP))), NOW,
                Duration.ZERO);
        assertThat(lines()).contains("tokensync_monitor_finding_unanswered_state{kind=\"quiet_nodes\"} 0.0",
                "tokensync_monitor_finding_unanswered_state{kind=\"holders_flip\"} 1.0",
                "tokensync_monitor_finding_rows{kind=\"holders_flip\"} NaN");
        audit = audit.after(new AuditAnswers(List.of(missing(FindingKind.QUIET_NODES),
                new Finding(FindingKind.HOLDERS_FLIP, 0, List.of(), List.of()))), NOW, Duration.ZERO);
        assertThat(lines()).contains("tokensync_monitor_finding_rows{kind=\"quiet_nodes\"} 4.0",
                "tokensync_monitor_finding_unanswered_state{kind=\"quiet_nodes\"} 1.0",
                "tokensync_monitor_finding_rows{kind=\"holders_flip\"} 0.0",
                "tokensync_monitor_finding_unanswered_state{kind=\"holders_flip\"} 0.0");
        audit = audit.failed("the database has gone");
        assertThat(lines()).contains("tokensync_monitor_finding_unanswered_state{kind=\"holders_flip\"} 1.0",
                "tokensync_monitor_finding_rows{kind=\"quiet_nodes\"} 4.0");
    }

    private static Unanswered missing(FindingKind kind) {
        return new Unanswered(kind, "it took too long");
    }

    @Test
    void beforeTheResultsAreReadNothingIsKnown() {
        views.ready(false);
        assertThat(lines()).contains("tokensync_monitor_known_state 0.0", "tokensync_monitor_silent_agents NaN",
                "tokensync_monitor_sessions{status=\"stalled\"} NaN");
    }

    private static StandingProblem problem(String kind, String path) {
        return new StandingProblem(kind, path, "because", NOW, NOW);
    }

    private List<String> lines() {
        return registry.scrape().lines().toList();
    }
}

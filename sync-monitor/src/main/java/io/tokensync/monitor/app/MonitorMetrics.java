package io.tokensync.monitor.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.view.FleetView;
import io.tokensync.monitor.view.MonitorViews;

/** The gauges {@code tokensync_monitor_*}. What is not known is NaN, which no comparison of an alert rule is true of. */
public final class MonitorMetrics {
    /** All gauges of one scrape are of one look at the fleet. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Code of the agent's problem with a database whose deletions wait for an operator. */
    private static final String DEFERRED = "deletes_deferred";

    private final MonitorViews views;
    private final Supplier<AuditView> audit;
    private final Duration silence;
    private final Clock clock;
    private FleetView fleet;
    private Instant lookedAt = Instant.MIN;

    private MonitorMetrics(MonitorViews views, Supplier<AuditView> audit, Duration silence, Clock clock) {
        this.views = views;
        this.audit = audit;
        this.silence = silence;
        this.clock = clock;
    }

    /**
     * Makes the gauges.
     *
     * @param silence after how long without a word an agent counts as silent
     */
    public static void register(Metrics metrics, MonitorViews views, Supplier<AuditView> audit, Duration silence,
            Clock clock) {
        MonitorMetrics shown = new MonitorMetrics(views, audit, silence, clock);
        metrics.gauge(MetricNames.MONITOR_KNOWN, () -> views.ready() && views.freshness().isKnown() ? 1 : 0);
        for (SessionStatus status : SessionStatus.values()) {
            metrics.gauge(MetricNames.MONITOR_SESSIONS, () -> shown.sessions(status),
                    status.name().toLowerCase(Locale.ROOT));
        }
        shown.ofFleet(metrics, MetricNames.MONITOR_SILENT_AGENTS, shown::silentAgents);
        shown.ofFleet(metrics, MetricNames.MONITOR_IN_FLIGHT, now -> now.inFlight().records());
        shown.ofFleet(metrics, MetricNames.MONITOR_DATABASES,
                now -> now.nodes().stream().filter(node -> node.problem() == null).count(), "read");
        shown.ofFleet(metrics, MetricNames.MONITOR_DATABASES, now -> places(now, false), "unreadable");
        shown.ofFleet(metrics, MetricNames.MONITOR_DATABASES, now -> places(now, true), "deferred");
        for (RejectionReason reason : RejectionReason.values()) {
            shown.ofFleet(metrics, MetricNames.MONITOR_DEAD_LETTERED,
                    now -> now.deadLetters().getOrDefault(reason.code(), 0L), reason.code());
        }
        for (FindingKind kind : FindingKind.values()) {
            metrics.gauge(MetricNames.MONITOR_FINDING_ROWS, () -> shown.findings(kind), kind.code());
            metrics.gauge(MetricNames.MONITOR_FINDING_UNANSWERED, () -> shown.unanswered(kind), kind.code());
        }
    }

    private void ofFleet(Metrics metrics, MetricNames name, ToDoubleFunction<FleetView> value, String... tags) {
        metrics.gauge(name, () -> views.ready() ? value.applyAsDouble(look()) : Double.NaN, tags);
    }

    private synchronized FleetView look() {
        Instant now = clock.instant();
        if (fleet == null || lookedAt.plus(LOOK).isBefore(now) || now.isBefore(lookedAt)) {
            fleet = views.fleet();
            lookedAt = now;
        }
        return fleet;
    }

    private double sessions(SessionStatus status) {
        return views.ready()
                ? views.sessions().stream().filter(session -> session.status() == status).count()
                : Double.NaN;
    }

    private double silentAgents(FleetView now) {
        return now.agents().stream().filter(agent -> agent.lastSeen().plus(silence).isBefore(now.asOf())).count();
    }

    private static double places(FleetView now, boolean deferred) {
        return now.problems().filter(problem -> deferred == problem.kind().equals(DEFERRED)).count();
    }

    /** The latest that is known: who is alerted of rows hears no end of them because nobody could look again. */
    private double findings(FindingKind kind) {
        return audit.get().finding(kind).map(finding -> (double) finding.rows()).orElse(Double.NaN);
    }

    private double unanswered(FindingKind kind) {
        AuditView now = audit.get();
        return switch (now.state()) {
            case OFF, RUNNING -> Double.NaN;
            case DONE -> now.open(kind).isPresent() ? 1 : 0;
            case FAILED -> 1;
        };
    }
}

package io.tokensync.monitor.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.alert.Alert.Level;
import io.tokensync.monitor.view.MonitorViews;

/**
 * Compares what there is to tell with what has been told. The one that begins, after a start or in the place of another
 * monitor, tells in one message what it finds; from then on only what is new and what is over. So nothing is told twice by
 * two monitors, and after a change of the leader what is still true is told once more, together.
 */
final class Alerts {
    private static final int LINES = 20;

    private final AlertRules matters;
    private final MonitorViews views;
    private final BooleanSupplier leads;
    private final List<Outbox> outboxes;
    private final AlertSettings settings;
    private final Clock clock;
    private Map<String, Alert> told;
    private Set<String> complete = Set.of();
    private Set<String> begun = Set.of();
    private Instant lastProgress;

    Alerts(AlertRules matters, MonitorViews views, BooleanSupplier leads, List<Outbox> outboxes, AlertSettings settings,
            Clock clock) {
        this.matters = matters;
        this.views = views;
        this.leads = leads;
        this.outboxes = List.copyOf(outboxes);
        this.settings = settings;
        this.clock = clock;
    }

    /** Looks, and tells. */
    void look() {
        if (!leads.getAsBoolean()) {
            told = null;
            return;
        }
        if (!views.ready()) {
            return;
        }
        Map<String, Alert> now = matters.now();
        // Read once: a session that begins meanwhile is new at the next look.
        List<SyncSession> sessions = views.sessions();
        if (told == null) {
            begin(now);
        } else {
            tellChanges(now);
            tellBegun(sessions);
            tellCompleted(sessions);
            tellProgress();
        }
        told = now;
        complete = ids(sessions, this::isLargeAndComplete);
        begun = ids(sessions, this::isLargeAndUnderWay);
    }

    private void begin(Map<String, Alert> now) {
        String titles = now.values().stream().limit(LINES).map(Alert::title).collect(Collectors.joining("\n"));
        String more = now.size() > LINES ? "\n… and " + (now.size() - LINES) + " more" : "";
        lastProgress = clock.instant();
        send(Level.INFO, "the monitor watches; " + (now.isEmpty()
                ? "nothing needs attention"
                : now.size() + " matters need attention:"), titles + more);
    }

    private void tellChanges(Map<String, Alert> now) {
        now.forEach((key, alert) -> {
            if (!told.containsKey(key)) {
                outboxes.forEach(outbox -> outbox.put(alert));
            }
        });
        told.forEach((key, alert) -> {
            if (!now.containsKey(key) && key.startsWith("paused ")) {
                send(Level.INFO, "over: " + alert.title(), "");
            }
        });
    }

    private void tellBegun(List<SyncSession> sessions) {
        Set<String> before = begun;
        sessions.stream().filter(this::isLargeAndUnderWay).filter(s -> !before.contains(s.sessionId()))
                .forEach(session -> send(Level.INFO, "session of " + session.sourceIp() + " has begun",
                        session.databases().found() + " databases found, " + session.scan().published()
                                + " records published so far"));
    }

    private void tellCompleted(List<SyncSession> sessions) {
        Set<String> before = complete;
        sessions.stream().filter(this::isLargeAndComplete).filter(s -> !before.contains(s.sessionId()))
                .forEach(session -> send(Level.INFO, "session of " + session.sourceIp() + " is complete",
                        session.scan().published() + " records published, " + session.written().written()
                                + " in the table, " + (session.scan().rejectedNow() + session.enriched().deadLettered()
                                        + session.written().deadLettered())
                                + " dead-lettered"));
    }

    private void tellProgress() {
        InFlightCounts inFlight = views.fleet().inFlight();
        Instant now = clock.instant();
        if (inFlight.records() > settings.largeSession() && !lastProgress.plus(settings.progress()).isAfter(now)) {
            lastProgress = now;
            String rates = views.fleet().stages().stream()
                    .map(stage -> stage.stage() + ": " + rate(stage.rowsPerSecond()))
                    .collect(Collectors.joining("\n"));
            send(Level.INFO, "in flight: " + inFlight.toEnricher() + " records to the enricher, "
                    + inFlight.toWriter() + " to the writer", rates);
        }
    }

    /** Few rows are not none. */
    private static String rate(double rowsPerSecond) {
        return rowsPerSecond > 0 && rowsPerSecond < 10
                ? Math.max(1, Math.round(rowsPerSecond * 60)) + " rows/min"
                : Math.round(rowsPerSecond) + " rows/s";
    }

    private static Set<String> ids(List<SyncSession> sessions, Predicate<SyncSession> which) {
        return sessions.stream().filter(which).map(SyncSession::sessionId)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private boolean isLargeAndUnderWay(SyncSession session) {
        return session.status() == SessionStatus.RUNNING && session.scan().published() >= settings.largeSession();
    }

    private boolean isLargeAndComplete(SyncSession session) {
        return session.status().isComplete() && session.scan().published() >= settings.largeSession();
    }

    private void send(Level level, String title, String text) {
        Alert alert = new Alert(level, title, text, clock.instant());
        outboxes.forEach(outbox -> outbox.put(alert));
    }
}

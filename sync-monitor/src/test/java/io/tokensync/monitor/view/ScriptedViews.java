package io.tokensync.monitor.view;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.WriteCounts;

/** Sessions as the test says them. */
public final class ScriptedViews implements MonitorViews {
    private final Clock clock;
    private final List<SyncSession> sessions = new CopyOnWriteArrayList<>();
    private final AtomicLong looks = new AtomicLong();
    private volatile Map<String, Long> deadLetters = Map.of();
    private volatile boolean ready = true;
    private volatile List<AgentView> agents = List.of();

    public ScriptedViews(Clock clock) {
        this.clock = clock;
    }

    /** The session stands like this from now on. */
    public void put(String id, SessionStatus status, long published, long inFlight) {
        sessions.removeIf(session -> session.sessionId().equals(id));
        sessions.add(new SyncSession(id, "10.20.0.11", 1, status, Instant.EPOCH, null, Instant.EPOCH, null,
                SyncSession.Databases.NONE, new ScanCounts(published, 0, published, 0, 0, Map.of(), 0),
                EnrichCounts.NONE,
                new WriteCounts(published - inFlight, 0, 0, 0, 0, Map.of(), 0, 0), StageSpan.NONE, StageSpan.NONE,
                StageSpan.NONE, new InFlightCounts(inFlight, 0, null), List.of(), true));
    }

    /** These stand in the way of an agent from now on. */
    public void problems(String sourceIp, List<StandingProblem> problems) {
        agents = List.of(new AgentView(sourceIp, clock.instant(), null, null, 3, problems));
    }

    /** Whether the results of earlier runs have been read. */
    public void ready(boolean now) {
        ready = now;
    }

    public void deadLetter(Map<String, Long> byCode) {
        deadLetters = byCode;
    }

    /** How often somebody has looked. */
    public long looks() {
        return looks.get();
    }

    @Override
    public boolean ready() {
        looks.incrementAndGet();
        return ready;
    }

    @Override
    public FleetView fleet() {
        InFlightCounts inFlight = sessions.stream().map(SyncSession::inFlight).reduce(InFlightCounts.NOTHING,
                InFlightCounts::plus);
        return new FleetView(clock.instant(), agents, List.of(),
                List.of(new StageView("writer", 1, 0, 4_711, clock.instant())), inFlight, SessionTotals.NONE,
                deadLetters, Map.of(), Map.of());
    }

    @Override
    public List<SyncSession> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public Optional<SyncSession> session(String sessionId) {
        return Optional.empty();
    }

    @Override
    public List<ProcessedDatabase> databases(String sessionId) {
        return List.of();
    }
}

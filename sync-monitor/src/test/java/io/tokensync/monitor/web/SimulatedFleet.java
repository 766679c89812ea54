package io.tokensync.monitor.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.StageSpan;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.SyncSession.Databases;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.monitor.view.AgentView;
import io.tokensync.monitor.view.FleetView;
import io.tokensync.monitor.view.Freshness;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.view.NodeView;
import io.tokensync.monitor.view.StageView;

/** A fleet that never was: as many nodes and sessions as wanted, moving with the clock, the same for the same seed. */
final class SimulatedFleet implements MonitorViews {
    private static final int NODES_PER_AGENT = 18;
    private static final StandingProblem CORRUPT = new StandingProblem("database_corrupt",
            "/datadrive/node040/Rubix/rubix.db", "the file is no database: restore it from a backup",
            Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));

    private final Clock clock;
    private final Instant begin;
    private final int nodes;
    private final int agents;
    private final List<SyncSession> sessions = new ArrayList<>();
    private final Map<Integer, String> names = new HashMap<>();
    private volatile boolean ready = true;
    private volatile Freshness freshness;

    SimulatedFleet(int nodes, int sessions, Clock clock) {
        this.clock = clock;
        this.begin = clock.instant();
        this.nodes = nodes;
        this.agents = Math.max(1, (nodes + NODES_PER_AGENT - 1) / NODES_PER_AGENT);
        Random random = new Random(42);
        for (int i = 0; i < sessions; i++) {
            this.sessions.add(session(i, random));
        }
        this.sessions.sort(Comparator.comparing(SyncSession::startedAt).reversed());
    }

    /** What it says of its knowledge from now on. */
    void knows(Freshness fresh) {
        freshness = fresh;
    }

    @Override
    public Freshness freshness() {
        return freshness == null ? MonitorViews.super.freshness() : freshness;
    }

    /** Gives a node another name. */
    SimulatedFleet withName(int node, String name) {
        names.put(node, name);
        return this;
    }

    void setReady(boolean now) {
        ready = now;
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public FleetView fleet() {
        Instant now = clock.instant();
        List<NodeView> all = IntStream.range(0, nodes).mapToObj(i -> node(i, now)).toList();
        InFlightCounts inFlight = all.stream().map(NodeView::inFlight).reduce(InFlightCounts.NOTHING,
                InFlightCounts::plus);
        return new FleetView(now, IntStream.range(0, agents).mapToObj(i -> agent(i, now)).toList(), all,
                List.of(stage("scanner", 11_400, now), stage("enricher", 10_900, now), stage("writer", 9_800, now)),
                inFlight, sessions.stream().reduce(SessionTotals.NONE, SessionTotals::plus, SessionTotals::plus),
                nodes < 20 ? Map.of() : Map.of("token_id_missing", 912L, "field_too_long", 41L, "sql_rejected", 7L),
                nodes < 20 ? Map.of() : Map.of("unreadable_record", 3L), Map.of());
    }

    @Override
    public List<SyncSession> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public Optional<SyncSession> session(String sessionId) {
        return sessions.stream().filter(session -> session.sessionId().equals(sessionId)).findFirst();
    }

    @Override
    public List<ProcessedDatabase> databases(String sessionId) {
        return session(sessionId).map(session -> IntStream.range(0, NODES_PER_AGENT)
                .mapToObj(i -> database(session, i)).toList()).orElse(List.of());
    }

    private String ip(int agent) {
        return "10.20." + agent / 200 + "." + (agent % 200 + 11);
    }

    private String name(int node) {
        return names.getOrDefault(node, "node%03d".formatted(node));
    }

    private AgentView agent(int i, Instant now) {
        Instant seen = i == agents - 1 && agents > 4 ? begin.minus(Duration.ofHours(7)) : now.minusSeconds(i % 25);
        return new AgentView(ip(i), seen, null, null, NODES_PER_AGENT, i == 2 ? List.of(CORRUPT) : List.of());
    }

    private NodeView node(int i, Instant now) {
        long tick = Duration.between(begin, now).toSeconds();
        SessionStatus status = nodes < 20
                ? SessionStatus.COMPLETED
                : i % 211 == 7
                        ? SessionStatus.STALLED
                        : i % 173 == 11
                                ? SessionStatus.INTERRUPTED
                                : i % 31 == 3
                                        ? SessionStatus.COMPLETED_WITH_ERRORS
                                        : (i + tick) % 17 == 0 ? SessionStatus.RUNNING : SessionStatus.COMPLETED;
        InFlightCounts inFlight = switch (status) {
            case RUNNING ->
                new InFlightCounts(120 + (i * 37L + tick * 13) % 900, (i * 11L + tick * 7) % 400,
                        now.minusSeconds(i % 50));
            case STALLED -> new InFlightCounts(0, 1_204, begin.minus(Duration.ofMinutes(48)));
            default -> InFlightCounts.NOTHING;
        };
        return new NodeView(ip(i / NODES_PER_AGENT), name(i), "/datadrive/" + name(i) + "/Rubix/rubix.db",
                sessions.isEmpty() ? "" : sessions.get(i % sessions.size()).sessionId(), status,
                now.minusSeconds(40 + i * 7L % 3_000), now.minusSeconds(40 + i * 11L % 9_000),
                6_000 + i * 131L % 9_000 + tick, 0, inFlight,
                i == 2 * NODES_PER_AGENT + 4 ? CORRUPT : null);
    }

    private StageView stage(String name, double rate, Instant now) {
        long tick = Duration.between(begin, now).toSeconds();
        double moving = rate * (1 + 0.18 * Math.sin(tick / 5.0) + 0.07 * Math.sin(tick * 1.7));
        return new StageView(name, 3_402_118 + (long) (rate * tick), name.equals("scanner") ? 953 : 10, moving,
                now.minusMillis(700));
    }

    private SyncSession session(int i, Random random) {
        SessionStatus status = i == 0
                ? SessionStatus.RUNNING
                : i == 5
                        ? SessionStatus.STALLED
                        : i % 97 == 3
                                ? SessionStatus.INTERRUPTED
                                : i % 13 == 2
                                        ? SessionStatus.COMPLETED_WITH_ERRORS
                                        : SessionStatus.COMPLETED;
        boolean open = status == SessionStatus.RUNNING || status == SessionStatus.STALLED;
        Instant start = begin.minusSeconds(30 + i * 47L);
        long published = 400L + random.nextInt(90_000);
        long rejected = status == SessionStatus.COMPLETED_WITH_ERRORS ? 1L + random.nextInt(40) : 0;
        long away = open ? published / 3 : 0;
        long failed = random.nextInt(30);
        List<ScanProblem> problems = i % 26 == 2
                ? List.of(new ScanProblem("corrupt", "/datadrive/node17/Rubix/rubix.db",
                        "the file is no database: restore it from a backup"))
                : List.of();
        ScanCounts scan = new ScanCounts(published * 4, published * 3 - rejected, published, 0, 0,
                rejected == 0 ? Map.of() : Map.of("token_id_missing", rejected), 0);
        EnrichCounts enriched = new EnrichCounts(published - away / 2 - failed, Map.of("not_found", failed), 0,
                Map.of(),
                0);
        WriteCounts written = new WriteCounts((published - away) / 3, published - away - (published - away) / 3, 0, 0,
                0,
                Map.of(), 0, failed / 9);
        return new SyncSession(new UUID(7, i).toString(), ip(i % agents), 1, status, start,
                start.plusSeconds(9), start.plusSeconds(20), open ? null : start.plusSeconds(12L + random.nextInt(40)),
                new Databases(18, 3, 15 - problems.size(), problems.size(), 3), scan, enriched, written, StageSpan.NONE,
                StageSpan.NONE, StageSpan.NONE,
                open ? new InFlightCounts(away / 2, away - away / 2, start) : InFlightCounts.NOTHING,
                problems, true);
    }

    private ProcessedDatabase database(SyncSession session, int i) {
        return new ProcessedDatabase(session.sessionId(), session.sourceIp(), name(i),
                "/datadrive/" + name(i) + "/Rubix/rubix.db",
                1, SessionStatus.COMPLETED, session.startedAt(), session.scannedAt(), null, session.movedAt(),
                session.accountedAt(),
                new ScanCounts(900, 800, 100, 0, 0, Map.of(), 0), new EnrichCounts(100, Map.of(), 0, Map.of(), 0),
                new WriteCounts(40, 60, 0, 0, 0, Map.of(), 0, 0), InFlightCounts.NOTHING, null, true);
    }
}

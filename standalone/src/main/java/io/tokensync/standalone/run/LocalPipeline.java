package io.tokensync.standalone.run;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.ParallelCloser;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus.Snapshot;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.runtime.Supervised.Failing;
import io.tokensync.common.runtime.Supervisor.Role;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.time.Sleeper;
import io.tokensync.enricher.EnricherApp;
import io.tokensync.monitor.MonitorApp;
import io.tokensync.monitor.MonitorApp.Neighbourhood;
import io.tokensync.monitor.deadletter.ShellWord;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.view.SessionReport;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.standalone.run.WaitMessages.Wait;
import io.tokensync.writer.WriterApp;

/**
 * The three stages and the monitor as they are, in one process, talking through topics only. What it adds is knowing when
 * they are done: the monitor says whether everything of this run's sessions is accounted for, and the broker whether a
 * stage has committed what earlier runs have left. The tokens do not need the session summaries: without them the broker's
 * word is all there is, and the run says so.
 */
public final class LocalPipeline implements AutoCloseable {
    private static final String WRITER = "writer";
    private static final String MONITOR = "monitor";
    /** A loop that has failed so often in a row is not going to do the work of a run that is to end. */
    private static final int GIVEN_UP = 3;
    /** For the session summaries after the last token; they take a second or two. */
    private static final Duration VERDICT_WITHIN = Duration.ofMinutes(5);
    /** What passes within so long is no news to a person. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(3);
    private static final int LOOKS_WITHOUT_HINT = 5;
    private static final String HERE = "this process";
    private final Closer closer = new Closer();
    private final ParallelCloser agentsCloser = new ParallelCloser();
    private final Clock clock;
    private final List<ScannerApp> agents = new ArrayList<>();
    private final EnricherApp enricher;
    private final WriterApp writer;
    private final MonitorApp monitor;
    private final LocalPlan plan;
    private final ConsumerLag lag;
    private final TokenOffsets offsets;
    private final PipelineCounters counters;
    private final Instant started;
    private Instant tokensDoneAt;
    private int looks;

    private LocalPipeline(LocalPlan plan, Path data, MeterRegistry registry, Clock clock) {
        this.plan = plan;
        this.clock = clock;
        this.started = clock.instant();
        Admin admin = closer.register(new KafkaClients(plan.enricher().kafka()).admin("tokensync-local"));
        this.lag = new ConsumerLag(admin);
        this.offsets = new TokenOffsets(lag, plan.enricher().loop().group(), plan.writer().loop().group());
        this.monitor = closer.register(MonitorApp.create(plan.monitor(), registry, clock,
                new Neighbourhood(this::instances, "--data " + ShellWord.of(data.toString()))));
        this.writer = closer.register(WriterApp.create(plan.writer(), registry, clock));
        this.enricher = closer.register(EnricherApp.create(plan.enricher(), registry, clock));
        Backlog backlog = new Backlog(offsets::backlog, clock, Sleeper.system());
        closer.register(agentsCloser);
        plan.agents().forEach(config -> agents.add(agentsCloser.member().register(
                ScannerApp.create(config, backlog, registry, clock))));
        this.counters = new PipelineCounters(registry, agents);
    }

    /** Builds and starts the stages, the last one first; the page's commands name this data directory. */
    public static LocalPipeline start(LocalPlan plan, Path data, MeterRegistry registry, Clock clock) {
        LocalPipeline pipeline = new LocalPipeline(plan, data, registry, clock);
        try {
            pipeline.monitor.start();
            pipeline.writer.start();
            pipeline.enricher.start();
            pipeline.agents.forEach(ScannerApp::start);
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.closer.closeAfter(e);
            throw e;
        }
    }

    /**
     * Whether every agent has finished its scan cycle, every record has reached its end, the proof of it is in the
     * database, and content that was due to be asked for again has been; without the proof when the accounting has failed.
     * Only for agents that scan once.
     *
     * @throws StageFailedException when a stage has ended by itself because of a failure, or fails again and again
     */
    public boolean isDone() throws InterruptedException {
        looks++;
        failIfAStageHasFailed();
        failIfGivenUp("enricher", enricher.failing());
        failIfGivenUp(WRITER, writer.failing(Role.WORK));
        if (!areTokensDone()) {
            tokensDoneAt = null;
            return false;
        }
        tokensDoneAt = tokensDoneAt == null ? clock.instant() : tokensDoneAt;
        return isProved() || accountingProblem().isPresent();
    }

    private boolean areTokensDone() throws InterruptedException {
        return agents.stream().allMatch(agent -> agent.termination().isDone())
                && isWorthAsking(enricher.isCaughtUp())
                && lag.isDrained(offsets.enricher(), List.of(Topics.SCANNED))
                && enricher.isCaughtUpWithRetries()
                && hasWritten(Role.WORK, offsets.writer(), Topics.ENRICHED);
    }

    private boolean isProved() throws InterruptedException {
        return reports().stream().allMatch(this::isProved)
                && hasWritten(Role.ACCOUNTING, plan.writer().summaryGroup(), Topics.SESSIONS);
    }

    /** Whether the writer has written all of a topic to which nothing comes any more, so that it need not wait for more. */
    private boolean hasWritten(Role role, String group, String topic) throws InterruptedException {
        writer.hurry(role);
        return isWorthAsking(writer.isCaughtUp(role)) && lag.isDrained(group, List.of(topic));
    }

    /** Only the broker knows, and each question costs it something: what a loop says of itself is a good hint when to ask. */
    private boolean isWorthAsking(boolean caughtUp) {
        return caughtUp || looks % LOOKS_WITHOUT_HINT == 0;
    }

    /** Whether the monitor has accounted for everything that the scan cycle has moved. */
    private boolean isProved(ScanReport report) {
        return report.rows().published() + report.rows().deleted() + report.rows().rejectedNow() == 0
                || monitor.views().session(report.sessionId()).filter(session -> session.status().isComplete())
                        .isPresent();
    }

    /** Why there is no proof, though every token has reached its end; empty as long as one is to be expected. */
    public Optional<String> accountingProblem() {
        Optional<String> failed = Stream.concat(monitor.failing().stream(), writer.failing(Role.ACCOUNTING).stream())
                .filter(failing -> failing.inARow() >= GIVEN_UP)
                .map(failing -> failing.loop() + " has failed " + failing.inARow() + " times, last by "
                        + failing.cause())
                .findFirst();
        boolean late = tokensDoneAt != null
                && Duration.between(tokensDoneAt, clock.instant()).compareTo(VERDICT_WITHIN) >= 0;
        return failed.or(() -> late
                ? Optional.of("no verdict within " + VERDICT_WITHIN.toMinutes() + " min after the last token")
                : Optional.empty());
    }

    /** What the broker says by itself, a line for each group that moves tokens. */
    public List<String> offsets() throws InterruptedException {
        return offsets.lines();
    }

    private static void failIfGivenUp(String stage, Optional<Failing> failing) {
        failing.filter(of -> of.inARow() >= GIVEN_UP).ifPresent(of -> {
            throw new StageFailedException(stage, new IllegalStateException(of.loop() + ": " + of.cause()));
        });
    }

    /** What the monitor says of this run's sessions. */
    public List<SyncSession> sessions() {
        return reports().stream().map(report -> monitor.views().session(report.sessionId())).flatMap(Optional::stream)
                .toList();
    }

    /** What is known of the sessions that have begun in this run, the last ones of an agent that follows its nodes. */
    List<SessionReport> sessionReports() {
        MonitorViews views = monitor.views();
        return views.sessions().stream().filter(session -> !session.startedAt().isBefore(started))
                .map(session -> SessionReport.of(session, views.databases(session.sessionId()))).toList();
    }

    /** Records published and not accounted for, as the monitor knows. */
    long inFlight() {
        return monitor.views().fleet().inFlight().records();
    }

    /** Throws when a stage has ended by itself because of a failure. */
    public void failIfAStageHasFailed() {
        stages().forEach((name, stage) -> {
            if (stage.termination().isCompletedExceptionally()) {
                try {
                    stage.termination().join();
                } catch (CompletionException e) {
                    throw new StageFailedException(name, e.getCause());
                }
            }
        });
    }

    /** Where the status page is; empty when there is none. */
    public Optional<URI> page() {
        return monitor.page();
    }

    /** How far it is. */
    public Progress progress() {
        List<String> waiting = new ArrayList<>();
        stages().forEach((name, stage) -> {
            Snapshot now = stage.status().snapshot();
            switch (now.state()) {
                case WAITING -> waiting.add(name + " waits: " + now.cause());
                case FAILED -> waiting.add(failed(name, now));
                case STARTING, RUNNING, STOPPED -> {
                } // nothing to say
            }
        });
        return counters.progress(waiting);
    }

    private String failed(String name, Snapshot now) {
        boolean tokensGoOn = name.equals(MONITOR) || (name.equals(WRITER) && writer.failing(Role.WORK).isEmpty());
        String but = tokensGoOn ? ", tokens go on without session summaries: " : ": ";
        return name + " has failed and is started again" + but + now.cause();
    }

    public PipelineCounters counters() {
        return counters;
    }

    /** The last scan cycle of each agent that has finished one. */
    public List<ScanReport> reports() {
        return agents.stream().map(ScannerApp::lastReport).flatMap(Optional::stream).toList();
    }

    /** Ends the agents alone. */
    void closeAgents() {
        agentsCloser.close();
    }

    /** Ends the stages in order, the first one first; what is on its way stays in the topics for the next run. */
    @Override
    public void close() {
        closer.close();
    }

    /** The stages that make no progress for want of something outside of them, for longer than a moment. */
    public List<Wait> waits() {
        Instant shortly = clock.instant().minus(SHORT_WAIT);
        List<Wait> waits = new ArrayList<>();
        stages().forEach((name, stage) -> {
            Snapshot now = stage.status().snapshot();
            if (now.state() == State.WAITING && now.since().isBefore(shortly)) {
                waits.add(new Wait("the " + name, now.since(), now.cause()));
            }
        });
        return waits;
    }

    /** What the page shows of the stages, which have no endpoints of their own here. */
    private List<StageInstance> instances() {
        List<StageInstance> instances = new ArrayList<>();
        agents.forEach(agent -> instances.add(instance("scanner", agent)));
        instances.addAll(List.of(instance("enricher", enricher), instance(WRITER, writer)));
        return instances;
    }

    private static StageInstance instance(String stage, Service service) {
        Snapshot now = service.status().snapshot();
        return new StageInstance(stage, HERE, now.state().name(), now.since(),
                now.kind() == null ? null : now.kind().name(), now.cause());
    }

    private Map<String, Service> stages() {
        Map<String, Service> stages = new LinkedHashMap<>();
        for (int agent = 0; agent < agents.size(); agent++) {
            stages.put(agents.size() == 1 ? "scanner" : "scanner " + (agent + 1), agents.get(agent));
        }
        stages.put("enricher", enricher);
        stages.put(WRITER, writer);
        stages.put(MONITOR, monitor);
        return stages;
    }
}

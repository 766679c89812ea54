package io.tokensync.monitor;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.topics.TopicFollower;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryMetrics;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Restarts;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.Supervised;
import io.tokensync.common.runtime.Supervised.Failing;
import io.tokensync.common.runtime.Supervisor;
import io.tokensync.common.runtime.Supervisor.Role;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.app.MonitorUi;
import io.tokensync.monitor.app.MonitorUi.Monitored;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.reconciliation.streams.ReconciliationService;
import io.tokensync.monitor.reconciliation.streams.StreamsSettings;
import io.tokensync.monitor.view.Freshness;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.view.SessionStore;

/**
 * The monitor as a running thing: the reconciliation, and whoever follows its results. Each fails alone and is started
 * again; the process ends only when it is asked to.
 */
public final class MonitorApp implements Service {
    private static final String STAGE = "monitor";

    private final MonitorConfig config;
    private final Restarts restarts;
    private final Supplier<List<StageInstance>> neighbours;
    private final Metrics metrics;
    private final KafkaClients kafka;
    private final Clock clock;
    private final StageStatus status;
    private final Closer closer = new Closer();
    private final SessionStore summaries;
    private final Supervisor loops;
    private final Supervised<TopicFollower> results;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private final String brokerOption;
    private volatile MonitorUi monitorUi;

    private MonitorApp(MonitorConfig config, ReconciliationService.Opening opening, Restarts restarts,
            MeterRegistry registry, Clock clock, Neighbourhood neighbourhood) {
        this.config = config;
        this.neighbours = neighbourhood.stages();
        this.brokerOption = neighbourhood.brokerOption();
        this.restarts = restarts;
        this.metrics = new Metrics(registry);
        this.kafka = new KafkaClients(config.kafka());
        this.clock = clock;
        this.status = new StageStatus(clock);
        this.summaries = new SessionStore(clock);
        this.loops = closer.register(new Supervisor(STAGE, status, restarts, metrics, clock));
        this.results = loops.add("results", Role.WORK, (part, _) -> follower(part));
        var _ = loops.add("reconciliation", Role.WORK,
                (part, _) -> new ReconciliationService(new StreamsSettings(config.kafka(), config.group()),
                        config.topics(), config.longestWait(), opening, part, clock));
        summaries.readyWhen(() -> results.current().filter(TopicFollower::caughtUp).isPresent());
        summaries.freshAs(this::freshness);
    }

    /** Builds the monitor; nothing runs and nothing is connected before {@link #start}. */
    public static MonitorApp create(MonitorConfig config, MeterRegistry registry, Clock clock) {
        return create(config, registry, clock, Neighbourhood.NONE);
    }

    /** As above, with another way to open the reconciliation, and other waits. */
    static MonitorApp create(MonitorConfig config, ReconciliationService.Opening opening, Restarts restarts,
            MeterRegistry registry, Clock clock) {
        return new MonitorApp(config, opening, restarts, registry, clock, Neighbourhood.NONE);
    }

    /** As above, with other waits after failures. */
    public static MonitorApp create(MonitorConfig config, Restarts restarts, MeterRegistry registry, Clock clock) {
        return create(config, ReconciliationService.Opening.PLAIN, restarts, registry, clock);
    }

    /** As above, beside others. */
    public static MonitorApp create(MonitorConfig config, MeterRegistry registry, Clock clock,
            Neighbourhood neighbourhood) {
        return new MonitorApp(config, ReconciliationService.Opening.PLAIN, Restarts.standard(), registry, clock,
                neighbourhood);
    }

    /**
     * What the monitor runs beside.
     *
     * @param stages in this process, to be shown beside those of {@code monitor.stages}
     * @param brokerOption of the commands that the page shows, which says where the broker is
     */
    public record Neighbourhood(Supplier<List<StageInstance>> stages, String brokerOption) {
        /** A process of its own. */
        static final Neighbourhood NONE = new Neighbourhood(List::of, "--config writer.yaml");
    }

    @Override
    public void start() {
        loops.start();
        monitorUi = closer.register(MonitorUi.start(config.monitorUi(),
                new Monitored(kafka, config.group(), config.topics().sessions(), config.topics().deadLetter(),
                        brokerOption, summaries, neighbours),
                metrics, clock,
                Sleeper.system()));
    }

    private TopicFollower follower(StageStatus part) {
        Retrier retrier = new Retrier(RetryPolicy.standard().atMost(restarts.longest()), new KafkaFailureClassifier(),
                part,
                new RetryMetrics(metrics, STAGE), clock, Sleeper.system(), RandomGenerator.getDefault());
        return new TopicFollower(kafka, config.topics().sessions(), summaries::take, retrier, part, clock);
    }

    /** What is shown is true while both loops run and the results have been read. */
    private Freshness freshness() {
        StageStatus.Snapshot now = status.snapshot();
        Optional<Instant> last = results.current().flatMap(TopicFollower::asOf);
        return switch (now.state()) {
            case RUNNING -> summaries.ready() && last.isPresent()
                    ? Freshness.known(last.get())
                    : Freshness.unknown(null, now.since(), "the results of earlier runs are being read");
            case STARTING -> Freshness.unknown(last.orElse(null), now.since(), "the monitor is starting");
            case WAITING, FAILED -> Freshness.unknown(last.orElse(null), now.since(), now.cause());
            case STOPPED -> Freshness.unknown(last.orElse(null), now.since(), "the monitor has stopped");
        };
    }

    /** What can be asked while it runs. */
    public MonitorViews views() {
        return summaries;
    }

    /** Why one of its loops does not run steadily; empty when both do. */
    public Optional<Failing> failing() {
        return loops.failing(Role.WORK);
    }

    /** Where the status page is; empty when there is none. */
    public Optional<URI> page() {
        return Optional.ofNullable(monitorUi).flatMap(MonitorUi::page);
    }

    @Override
    public StageStatus status() {
        return status;
    }

    @Override
    public boolean alive() {
        return loops.alive();
    }

    /** Without what nobody knows at this time. */
    @Override
    public Map<String, ?> details() {
        Freshness fresh = summaries.freshness();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("ready", summaries.ready());
        details.put("known", fresh.isKnown());
        if (fresh.asOf() != null) {
            details.put("as_of", fresh.asOf().toString());
        }
        if (fresh.isKnown()) {
            details.put("in_flight", summaries.fleet().inFlight());
        }
        return details;
    }

    @Override
    public CompletableFuture<Void> termination() {
        return termination;
    }

    @Override
    public void close() {
        closer.close();
        termination.complete(null);
    }
}

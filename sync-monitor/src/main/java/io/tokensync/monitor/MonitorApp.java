package io.tokensync.monitor;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.TopicFollower;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryMetrics;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.lookout.Lookout;
import io.tokensync.monitor.lookout.Lookout.Monitored;
import io.tokensync.monitor.results.AccountTable;
import io.tokensync.monitor.topology.ReckoningService;
import io.tokensync.monitor.topology.ReckoningTopology;
import io.tokensync.monitor.topology.StreamsSettings;
import io.tokensync.monitor.view.MonitorViews;

/** The monitor as a running thing. */
public final class MonitorApp implements Service {
    private static final String STAGE = "monitor";

    private final MonitorConfig config;
    private final Metrics metrics;
    private final KafkaClients kafka;
    private final Clock clock;
    private final StageStatus status;
    private final Closer closer = new Closer();
    private final AccountTable accounts;
    private final TopicFollower follower;
    private final ReckoningService reckoning;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private volatile Lookout lookout;

    private MonitorApp(MonitorConfig config, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.metrics = new Metrics(registry);
        this.kafka = new KafkaClients(config.kafka());
        this.clock = clock;
        this.status = new StageStatus(clock);
        this.accounts = new AccountTable(clock);
        StageStatus following = status.part();
        Retrier retrier = new Retrier(RetryPolicy.standard(), new KafkaFailureClassifier(), following,
                new RetryMetrics(metrics, STAGE), clock, Sleeper.system(), RandomGenerator.getDefault());
        this.follower = closer
                .register(new TopicFollower(kafka, config.topics().sessions(), accounts::take, retrier, following));
        accounts.readyWhen(follower::caughtUp);
        this.reckoning = closer.register(new ReckoningService(new StreamsSettings(config.kafka(), config.group()),
                ReckoningTopology.of(config.topics(), config.patience()), status.part()));
    }

    /** Builds the monitor; nothing runs and nothing is connected before {@link #start}. */
    public static MonitorApp create(MonitorConfig config, MeterRegistry registry, Clock clock) {
        return new MonitorApp(config, registry, clock);
    }

    @Override
    public void start() {
        endWith(follower);
        endWith(reckoning);
        follower.start();
        reckoning.start();
        lookout = closer.register(Lookout.start(config.lookout(),
                new Monitored(kafka, config.group(), config.topics().sessions(), accounts), metrics, clock,
                Sleeper.system()));
        status.running();
    }

    /** A part that fails ends the whole. */
    private void endWith(Service part) {
        var _ = part.termination().whenComplete((_, failure) -> {
            if (failure != null) {
                status.failed(failure.toString());
                termination.completeExceptionally(failure);
            }
        });
    }

    /** What can be asked while it runs. */
    public MonitorViews views() {
        return accounts;
    }

    /** Where the status page is; empty when there is none. */
    public Optional<URI> page() {
        return Optional.ofNullable(lookout).flatMap(Lookout::page);
    }

    @Override
    public StageStatus status() {
        return status;
    }

    @Override
    public boolean alive() {
        return !termination.isDone() && follower.alive() && reckoning.alive();
    }

    @Override
    public Map<String, ?> details() {
        return Map.of("ready", accounts.ready(), "on_the_way", accounts.fleet().onTheWay());
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

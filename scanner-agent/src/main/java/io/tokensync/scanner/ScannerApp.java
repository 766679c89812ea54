package io.tokensync.scanner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.topics.TopicFollower;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryMetrics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Restarts;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.Supervised;
import io.tokensync.common.runtime.Supervisor;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.scanner.identity.LocalAddress;
import io.tokensync.scanner.publish.Backpressure;
import io.tokensync.scanner.publish.KafkaTokenPublisher;
import io.tokensync.scanner.publish.MeteredTokenPublisher;
import io.tokensync.scanner.publish.PacedTokenPublisher;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.report.ScanProgress;
import io.tokensync.scanner.report.ScanReport;
import io.tokensync.scanner.scan.ScanCycleFactory;
import io.tokensync.scanner.scan.ScanCycleMetrics;
import io.tokensync.scanner.scan.ScanLoop;
import io.tokensync.scanner.state.sqlite.StateDirectory;
import io.tokensync.scanner.verify.ReceivedVerdicts;

/** The agent as a service. With one scan cycle it ends by itself when everything of it is acknowledged. */
public final class ScannerApp implements Service {
    private static final String CLIENT = "scanner";
    /** A record that is not acknowledged in this time is sent again; its batch is waited for without limit. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    /** How long the first scan cycle waits for what the topic of answers holds. */
    private static final Duration ANSWERS_BOUND = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(20);

    private final ScannerConfig config;
    private final Backpressure backpressure;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Sleeper sleeper = Sleeper.system();
    private final StageStatus status;
    private final ScanProgress progress = new ScanProgress();
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private final Closer closer = new Closer();
    private Thread thread;

    private ScannerApp(ScannerConfig config, Backpressure backpressure, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.backpressure = backpressure;
        this.registry = registry;
        this.clock = clock;
        this.status = new StageStatus(clock);
    }

    /** An agent, not yet started. */
    public static ScannerApp create(ScannerConfig config, MeterRegistry registry, Clock clock) {
        return create(config, Backpressure.NONE, registry, clock);
    }

    /**
     * An agent, not yet started.
     *
     * @param backpressure before each batch of records
     */
    public static ScannerApp create(ScannerConfig config, Backpressure backpressure, MeterRegistry registry,
            Clock clock) {
        return new ScannerApp(config, backpressure, registry, clock);
    }

    @Override
    public synchronized void start() {
        try {
            StateDirectory directory = closer.register(StateDirectory.take(config.stateDir(), clock));
            Metrics metrics = new Metrics(registry);
            ReceivedVerdicts verdicts = verdicts(metrics);
            TokenPublisher publisher = closer.register(new MeteredTokenPublisher(publisher(), metrics, clock));
            ScanCycleFactory cycles = closer.register(
                    new ScanCycleFactory(config, directory, publisher, verdicts, LocalAddress::find, progress, clock,
                            sleeper));
            ScanLoop loop = new ScanLoop(config.schedule(), cycles, status, new ScanCycleMetrics(metrics), clock,
                    sleeper,
                    RandomGenerator.getDefault());
            status.running();
            thread = Thread.ofPlatform().name("scanner").start(() -> run(loop));
        } catch (RuntimeException e) {
            closer.closeAfter(e);
            throw e;
        }
    }

    @Override
    public StageStatus status() {
        return status;
    }

    /** The scan cycle that runs, and the report of the last one. */
    public ScanProgress progress() {
        return progress;
    }

    /** The report of the last scan cycle that has ended. */
    public Optional<ScanReport> lastReport() {
        return progress.lastReport();
    }

    @Override
    public Map<String, ?> details() {
        Map<String, Object> details = new LinkedHashMap<>(progress.details());
        details.put("once", scansOnce());
        return details;
    }

    /** Whether it ends after a single scan cycle. */
    boolean scansOnce() {
        return config.schedule().once();
    }

    /** Whether the scanning thread runs; whatever it waits for, it is alive. */
    @Override
    public boolean alive() {
        return !termination.isDone();
    }

    @Override
    public CompletableFuture<Void> termination() {
        return termination;
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            awaitEnd();
        }
        closer.close();
        termination.complete(null);
    }

    private TokenPublisher publisher() {
        KafkaClients clients = new KafkaClients(config.kafka());
        Retrier retrier = new Retrier(config.publish().retry(), new KafkaFailureClassifier(), status,
                new RetryMetrics(new Metrics(registry), CLIENT), clock, sleeper, RandomGenerator.getDefault());
        return new PacedTokenPublisher(new KafkaTokenPublisher(() -> clients.producer(CLIENT, LONGEST_WAIT),
                retrier, status, config.publish().topics()), backpressure);
    }

    /** Filled from the topic once it is known what is waited for. Scanning goes on without it. */
    private ReceivedVerdicts verdicts(Metrics metrics) {
        Supervisor following = closer
                .register(new Supervisor(CLIENT, status, Restarts.standard(), metrics, clock));
        AtomicReference<Supervised<TopicFollower>> repairs = new AtomicReference<>();
        BooleanSupplier followed = () -> repairs.get().current().filter(TopicFollower::caughtUp).isPresent();
        ReceivedVerdicts verdicts = new ReceivedVerdicts(() -> {
            following.start();
            awaitAnswers(followed);
        }, followed);
        repairs.set(following.add("repairs", Supervisor.Role.ACCOUNTING, (part, _) -> new TopicFollower(
                new KafkaClients(config.kafka()), config.publish().topics().repairs(), verdicts::take,
                new Retrier(config.publish().retry(), new KafkaFailureClassifier(), part,
                        new RetryMetrics(metrics, CLIENT), clock, sleeper, RandomGenerator.getDefault()),
                part, clock)));
        return verdicts;
    }

    /**
     * The first scan cycle repairs what the agent was answered before, and verifies in the same scan what it has never read; not
     * for long, because scanning goes on without it.
     */
    private void awaitAnswers(BooleanSupplier followed) {
        Instant until = clock.instant().plus(ANSWERS_BOUND);
        try {
            while (!followed.getAsBoolean() && clock.instant().isBefore(until)) {
                sleeper.sleep(LOOK);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the scan cycle ends at its next wait
        }
    }

    private void run(ScanLoop loop) {
        try {
            loop.run();
            end(null);
        } catch (InterruptedException _) {
            end(null);
        } catch (Throwable e) { // errors of the JVM too: whoever waits must hear of it
            end(e);
        }
    }

    private void end(Throwable failure) {
        if (failure == null) {
            status.stopped();
            termination.complete(null);
        } else {
            status.failed(String.valueOf(failure.getMessage()));
            termination.completeExceptionally(failure);
        }
    }

    private void awaitEnd() {
        try {
            if (!thread.join(CLOSE_BOUND)) {
                throw new IllegalStateException("the scanning thread has not ended within " + CLOSE_BOUND);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.tokensync.enricher;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.loop.BatchHandler;
import io.tokensync.common.kafka.loop.PollLoop;
import io.tokensync.common.kafka.loop.PollLoopConfig;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Restarts;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.Supervised;
import io.tokensync.common.runtime.Supervised.Failing;
import io.tokensync.common.runtime.Supervisor;
import io.tokensync.common.runtime.Supervisor.Role;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.enricher.handler.ContentLookup;
import io.tokensync.enricher.handler.EnricherMetrics;
import io.tokensync.enricher.handler.EnrichmentHandler;
import io.tokensync.enricher.handler.RetryHandler;
import io.tokensync.enricher.handler.RowOutputs;
import io.tokensync.enricher.retry.RetrySchedule;

/**
 * The enricher as a running thing: builds the graph of objects, once. A worker is two poll loops: one for rows,
 * one for content that is asked for again. Each fails alone and is started again.
 */
public final class EnricherApp implements Service {
    private static final String STAGE = "enricher";

    private final EnricherConfig config;
    private final Closer closer = new Closer();
    private final StageStatus status;
    private final Supervisor loops;
    private final List<Supervised<PollLoop>> scanLoops = new ArrayList<>();
    private final List<Supervised<PollLoop>> retryLoops = new ArrayList<>();

    private EnricherApp(EnricherConfig config, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.status = new StageStatus(clock);
        RetryPolicy policy = config.loop().retry();
        this.loops = new Supervisor(STAGE, status, new Restarts(policy.firstWait(), policy.longestWait()),
                new Metrics(registry), clock);
    }

    /** Builds the stage; nothing runs and nothing is connected before {@link #start}. */
    public static EnricherApp create(EnricherConfig config, MeterRegistry registry, Clock clock) {
        EnricherApp app = new EnricherApp(config, registry, clock);
        try {
            app.build(registry, clock);
            return app;
        } catch (RuntimeException e) {
            app.closer.closeAfter(e);
            throw e;
        }
    }

    @Override
    public void start() {
        loops.start();
    }

    @Override
    public StageStatus status() {
        return status;
    }

    @Override
    public boolean alive() {
        return loops.alive();
    }

    @Override
    public CompletableFuture<Void> termination() {
        return loops.termination();
    }

    /** Whether its loops have committed all that was there for them, and due, as far as they know. */
    public boolean isCaughtUp() {
        return areCaughtUp(scanLoops) && areCaughtUp(retryLoops);
    }

    /** Whether all content that was due to be asked for again has been. */
    public boolean isCaughtUpWithRetries() {
        return areCaughtUp(retryLoops);
    }

    private static boolean areCaughtUp(List<Supervised<PollLoop>> loops) {
        return loops.stream().allMatch(loop -> loop.current().filter(PollLoop::isCaughtUp).isPresent());
    }

    /** Why one of its loops does not run steadily; empty when all do. */
    public Optional<Failing> failing() {
        return loops.failing(Role.WORK);
    }

    @Override
    public void close() {
        closer.close();
    }

    private void build(MeterRegistry registry, Clock clock) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        closer.<AutoCloseable>register(threads::shutdownNow);
        ContentSources sources = new ContentSources(config.content(), config.longestWait(), registry, clock, closer);
        closer.register(loops);
        RetrySchedule schedule = new RetrySchedule(config.topics().contentRetry(), config.retry(), clock,
                RandomGenerator.getDefault());
        RecordIntake intake = new RecordIntake(clock);
        RowOutputs to = new RowOutputs(clock, schedule, config.topics().enriched(), config.topics().deadLetter(),
                config.topics().receipts(), new EnricherMetrics(new Metrics(registry)));
        for (int worker = 0; worker < config.workers(); worker++) {
            PollLoopConfig loop = config.loop().withMember(Integer.toString(worker), config.workers());
            KafkaClients kafka = new KafkaClients(config.kafka());
            scanLoops.add(add("scanned-" + worker, loop, kafka, registry, clock,
                    () -> new EnrichmentHandler(intake,
                            contents(sources, threads, config.longestWait(), config.fetches()), to)));
            retryLoops.add(add("retry-" + worker,
                    loop.withGroup(StageGroups.retries(loop.group())).withTopics(schedule.topics()),
                    kafka.ofQuietTopics(), registry, clock,
                    () -> new RetryHandler(intake, contents(sources, threads, config.retry().longestWait(),
                            config.retry().fetches()), to)));
        }
    }

    private Supervised<PollLoop> add(String name, PollLoopConfig loop, KafkaClients kafka, MeterRegistry registry,
            Clock clock, Supplier<BatchHandler> handler) {
        return loops.add(name, Role.WORK, (part, _) -> new PollLoop(loop, kafka, handler.get(),
                _ -> FailureKind.FATAL, part, registry, clock));
    }

    private ContentLookup contents(ContentSources sources, Executor threads, Duration wait, int fetches) {
        return new ContentLookup(config.content().maxCharacters(), sources.atHand(), sources.elsewhere(), threads, wait,
                fetches);
    }
}

package io.tokensync.enricher;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.BatchHandler;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.PollLoop;
import io.tokensync.common.kafka.PollLoopConfig;
import io.tokensync.common.kafka.PollLoops;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.enricher.content.AttachedSource;
import io.tokensync.enricher.content.BlockstoreSource;
import io.tokensync.enricher.content.CachingSource;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.FirstFound;
import io.tokensync.enricher.content.LimitedSource;
import io.tokensync.enricher.content.MeteredSource;
import io.tokensync.enricher.content.VerifyingSource;
import io.tokensync.enricher.kubo.KuboEndpoint;
import io.tokensync.enricher.kubo.KuboLookup;
import io.tokensync.enricher.kubo.KuboSource;
import io.tokensync.enricher.retry.RetrySchedule;

/**
 * The enricher as a running thing: builds the graph of objects, once. A worker is two poll loops: one for rows,
 * one for content that is asked for again.
 */
public final class EnricherApp implements Service {
    /** A file system that hangs keeps no more threads than this. */
    private static final int FILES_AT_ONCE = 64;

    /** Behind the name of the group; retries are read apart, so that neither holds up the other. */
    private static final String RETRY_GROUP = "-retry";

    private final EnricherConfig config;
    private final Metrics metrics;
    private final io.micrometer.core.instrument.Clock ticks;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Closer closer = new Closer();
    private final StageStatus status;
    private final PollLoops loops = new PollLoops();

    /** Whom to ask: those that answer without waiting, and the others. */
    private record Sources(ContentSource atHand, Optional<ContentSource> elsewhere) {}

    private EnricherApp(EnricherConfig config, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.metrics = new Metrics(registry);
        this.ticks = registry.config().clock();
        this.status = new StageStatus(clock);
        metrics.gauge(MetricNames.ENRICHER_IN_FLIGHT, inFlight::get);
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

    @Override
    public void close() {
        closer.close();
    }

    private void build(MeterRegistry registry, Clock clock) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        closer.<AutoCloseable>register(threads::shutdownNow);
        Sources sources = sources();
        closer.register(loops);
        RetrySchedule schedule = new RetrySchedule(config.topics().contentRetry(), config.retry(), clock,
                RandomGenerator.getDefault());
        EnrichedRecords enriched = new EnrichedRecords(config.topics().enriched(), clock);
        EnricherMetrics counted = new EnricherMetrics(metrics);
        String deadLetters = config.topics().deadLetter();
        for (int worker = 0; worker < config.workers(); worker++) {
            PollLoopConfig loop = config.loop().withMember(Integer.toString(worker));
            add(loop, new EnrichmentHandler(contents(sources, threads, config.longestWait(), config.fetches()),
                    schedule, enriched, deadLetters, counted), registry, clock);
            RowContents late = contents(sources, threads, config.retry().longestWait(), config.retry().fetches());
            add(loop.withGroup(loop.group() + RETRY_GROUP).withTopics(schedule.topics()),
                    new RetryHandler(late, schedule, enriched, deadLetters, counted), registry, clock);
        }
    }

    private void add(PollLoopConfig loop, BatchHandler handler, MeterRegistry registry, Clock clock) {
        loops.add(loops.member().register(new PollLoop(loop, new KafkaClients(config.kafka()), handler,
                _ -> FailureKind.FATAL, status.part(), registry, clock)));
    }

    private RowContents contents(Sources sources, Executor threads, Duration wait, int fetches) {
        return new RowContents(new ContentLookup(sources.atHand(), sources.elsewhere(), threads, wait, fetches),
                new ContentReader(config.maxCharacters()));
    }

    private Sources sources() {
        Optional<CachingSource> kubo = kubo();
        List<ContentSource> atHand = new ArrayList<>(List.of(verified(new AttachedSource(), AttachedSource.NAME)));
        List<ContentSource> elsewhere = new ArrayList<>();
        blockstore().ifPresent(elsewhere::add);
        kubo.ifPresent(source -> {
            atHand.add(source.atHand());
            elsewhere.add(source);
        });
        return new Sources(new FirstFound(atHand),
                Optional.of(elsewhere).filter(sources -> !sources.isEmpty()).map(FirstFound::new));
    }

    private Optional<ContentSource> blockstore() {
        if (config.blockstoreRoots().isEmpty()) {
            return Optional.empty();
        }
        int maxBytes = ContentReader.maxBlockBytes(config.maxCharacters());
        ContentSource source = metered(new BlockstoreSource(config.blockstoreRoots(), maxBytes), BlockstoreSource.NAME);
        ContentSource limited = new LimitedSource(source, FILES_AT_ONCE, config.longestWait());
        return Optional.of(verified(limited, BlockstoreSource.NAME));
    }

    private Optional<CachingSource> kubo() {
        List<ContentSource> endpoints = endpoints();
        return endpoints.isEmpty()
                ? Optional.empty()
                : Optional.of(new CachingSource(new FirstFound(endpoints), config.cacheBytes(), config.failuresKept(),
                        Ticker.systemTicker(), metrics));
    }

    /** All endpoints for their own blocks, which is quick; then all for those of their peers, which may not be. */
    private List<ContentSource> endpoints() {
        List<ContentSource> own = new ArrayList<>();
        List<ContentSource> peers = new ArrayList<>();
        for (KuboEndpoint endpoint : config.kubo().endpoints()) {
            HttpClient client = KuboSource.client(endpoint);
            closer.<AutoCloseable>register(client::shutdownNow);
            own.add(endpoint(endpoint, KuboLookup.LOCAL, client));
            if (config.kubo().lookup() == KuboLookup.NETWORK) {
                peers.add(endpoint(endpoint, KuboLookup.NETWORK, client));
            }
        }
        own.addAll(peers);
        return own;
    }

    private ContentSource endpoint(KuboEndpoint endpoint, KuboLookup lookup, HttpClient client) {
        ContentSource source = metered(new KuboSource(endpoint, lookup, client), KuboSource.NAME);
        return verified(new LimitedSource(source, config.kubo().concurrency(), config.longestWait()), KuboSource.NAME);
    }

    private ContentSource metered(ContentSource source, String name) {
        return new MeteredSource(source, name, inFlight, metrics, ticks);
    }

    private ContentSource verified(ContentSource source, String name) {
        return new VerifyingSource(source, metrics.counter(MetricNames.ENRICHER_VERIFICATION_FAILURES, name));
    }
}

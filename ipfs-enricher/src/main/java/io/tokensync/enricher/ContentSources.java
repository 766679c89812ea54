package io.tokensync.enricher;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.enricher.codebook.Codebook;
import io.tokensync.enricher.codebook.CodebookSource;
import io.tokensync.enricher.content.AttachedSource;
import io.tokensync.enricher.content.BlockstoreSource;
import io.tokensync.enricher.content.CachingSource;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.ContentReader;
import io.tokensync.enricher.content.ContentSource;
import io.tokensync.enricher.content.FirstFound;
import io.tokensync.enricher.content.LimitedSource;
import io.tokensync.enricher.content.MeteredSource;
import io.tokensync.enricher.content.VerifyingSource;
import io.tokensync.enricher.content.WatchedSource;
import io.tokensync.enricher.http.CircuitBreakingSource;
import io.tokensync.enricher.http.EndpointBounds;
import io.tokensync.enricher.http.EndpointCircuitBreaker;
import io.tokensync.enricher.http.GatewaySource;
import io.tokensync.enricher.http.HttpEndpoint;
import io.tokensync.enricher.http.KuboLookup;
import io.tokensync.enricher.http.KuboSource;
import io.tokensync.enricher.http.RecordedNodeSource;

/** Builds the sources that are configured, each behind its decorators: verified, spared when in trouble, limited, metered. */
final class ContentSources {
    private static final int FILES_AT_ONCE = 64;
    /** File systems that hang keep no more threads than this. */
    private static final int FILES_HANGING = 256;

    private final ContentSettings settings;
    private final Duration longestWait;
    private final Metrics metrics;
    private final io.micrometer.core.instrument.Clock ticks;
    private final Clock clock;
    private final Closer closer;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final List<ContentSource> atHand = new ArrayList<>();
    private final List<ContentSource> elsewhere = new ArrayList<>();

    /**
     * @param longestWait for a turn at a source
     * @param closer gets what has to be closed
     */
    ContentSources(ContentSettings settings, Duration longestWait, MeterRegistry registry, Clock clock,
            Closer closer) {
        this.settings = settings;
        this.longestWait = longestWait;
        this.metrics = new Metrics(registry);
        this.ticks = registry.config().clock();
        this.clock = clock;
        this.closer = closer;
        metrics.gauge(MetricNames.ENRICHER_IN_FLIGHT, inFlight::get);
        build();
    }

    /** Answers without I/O. */
    ContentSource atHand() {
        return new FirstFound(atHand);
    }

    /** May block; empty when none is configured. */
    Optional<ContentSource> elsewhere() {
        return elsewhere.isEmpty() ? Optional.empty() : Optional.of(new FirstFound(elsewhere));
    }

    private void build() {
        atHand.add(verified(new AttachedSource(), AttachedSource.NAME));
        settings.codebook().ifPresent(file -> atHand.add(new CodebookSource(open(file))));
        if (!settings.blockstoreRoots().isEmpty()) {
            elsewhere.add(blockstore());
        }
        if (!settings.kubo().allowed().isEmpty()) {
            elsewhere.add(recordedNodes());
        }
        List<ContentSource> endpoints = endpoints();
        if (!endpoints.isEmpty()) {
            CachingSource cache = new CachingSource(new FirstFound(endpoints), settings.cacheBytes(),
                    settings.failuresKept(), Ticker.systemTicker(), metrics);
            atHand.add(cache.atHand());
            elsewhere.add(cache);
        }
    }

    private static Codebook open(Path file) {
        try {
            return Codebook.open(file);
        } catch (IOException e) {
            throw new ConfigException("enricher.codebook.file", List.of(e.getMessage()));
        }
    }

    private ContentSource blockstore() {
        int maxBytes = ContentReader.maxBlockBytes(settings.maxCharacters());
        WatchedSource source = new WatchedSource(new BlockstoreSource(settings.blockstoreRoots(), maxBytes),
                FILES_HANGING, longestWait);
        closer.register(source);
        return verified(
                new LimitedSource(metered(source, BlockstoreSource.NAME), FILES_AT_ONCE, longestWait),
                BlockstoreSource.NAME);
    }

    /** Not behind the cache, which answers by the id alone: what one node does not have another may. */
    private ContentSource recordedNodes() {
        HttpClient client = client(settings.kubo().bounds());
        RecordedNodeSource source = new RecordedNodeSource(settings.kubo().allowed(), settings.kubo().bounds(), clock,
                (endpoint, breaker) -> kubo(endpoint, KuboLookup.LOCAL, client, breaker));
        for (EndpointCircuitBreaker.Position position : EndpointCircuitBreaker.Position.values()) {
            metrics.gauge(MetricNames.ENRICHER_RECORD_ENDPOINTS, () -> source.nodesWhoseBreakerIs(position),
                    position.code());
        }
        return source;
    }

    /** All nodes for their own blocks, which is quick; then all for those of their peers, and gateways, which may not be. */
    private List<ContentSource> endpoints() {
        List<ContentSource> own = new ArrayList<>();
        List<ContentSource> peers = new ArrayList<>();
        for (HttpEndpoint endpoint : settings.kubo().endpoints()) {
            HttpClient client = client(endpoint.bounds());
            EndpointCircuitBreaker breaker = breaker(endpoint);
            own.add(kubo(endpoint, KuboLookup.LOCAL, client, breaker));
            if (settings.kubo().lookup() == KuboLookup.NETWORK) {
                peers.add(kubo(endpoint, KuboLookup.NETWORK, client, breaker));
            }
        }
        own.addAll(peers);
        for (HttpEndpoint endpoint : settings.gateways().endpoints()) {
            EndpointCircuitBreaker breaker = breaker(endpoint);
            own.add(guarded(new GatewaySource(endpoint, client(endpoint.bounds()), breaker), GatewaySource.NAME,
                    endpoint,
                    breaker, GatewaySource.TROUBLES, settings.gateways().concurrency()));
        }
        return own;
    }

    private ContentSource kubo(HttpEndpoint endpoint, KuboLookup lookup, HttpClient client,
            EndpointCircuitBreaker breaker) {
        return guarded(new KuboSource(endpoint, lookup, client, breaker), KuboSource.NAME, endpoint, breaker,
                KuboSource.troubles(lookup), settings.kubo().concurrency());
    }

    private ContentSource guarded(ContentSource source, String name, HttpEndpoint endpoint,
            EndpointCircuitBreaker breaker,
            Set<ContentFailure> troubles, int concurrency) {
        ContentSource limited = new LimitedSource(metered(source, name), concurrency, longestWait);
        return verified(new CircuitBreakingSource(limited, endpoint.name(), breaker, troubles), name);
    }

    private HttpClient client(EndpointBounds bounds) {
        HttpClient client = KuboSource.client(bounds);
        closer.<AutoCloseable>register(client::shutdownNow);
        return client;
    }

    private EndpointCircuitBreaker breaker(HttpEndpoint endpoint) {
        EndpointCircuitBreaker breaker = new EndpointCircuitBreaker(endpoint.name(), clock);
        metrics.gauge(MetricNames.ENRICHER_BREAKER_STATE, () -> breaker.position().value(), endpoint.name());
        return breaker;
    }

    private ContentSource metered(ContentSource source, String name) {
        return new MeteredSource(source, name, inFlight, metrics, ticks);
    }

    private ContentSource verified(ContentSource source, String name) {
        return new VerifyingSource(source, metrics.counter(MetricNames.ENRICHER_VERIFICATION_FAILURES, name));
    }
}

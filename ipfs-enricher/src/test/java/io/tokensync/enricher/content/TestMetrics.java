package io.tokensync.enricher.content;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;

/** A registry and the sums in it. */
public final class TestMetrics {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Metrics metrics = new Metrics(registry);

    public SimpleMeterRegistry registry() {
        return registry;
    }

    public Metrics metrics() {
        return metrics;
    }

    /** Value of a counter; 0 when there is none. */
    public double count(MetricNames name, String... tagValues) {
        var search = registry.find(name.id());
        for (int i = 0; i < tagValues.length; i++) {
            search = search.tag(name.tagKeys().get(i), tagValues[i]);
        }
        return search.counter() == null ? 0 : search.counter().count();
    }

    /** How often a timer was used. */
    public long times(MetricNames name, String... tagValues) {
        return metrics.timer(name, tagValues).count();
    }
}

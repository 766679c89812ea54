package io.tokensync.common.metrics;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import io.tokensync.common.metrics.MetricNames.Kind;

/**
 * Makes the meters of {@link MetricNames} in a registry. Tag values are given in the order of
 * {@link MetricNames#tagKeys}; the same name and values give the same meter. A wrong kind or number of values is an
 * {@link IllegalArgumentException}.
 */
public final class Metrics {
    /** From 1 ms to 10 s as OpenTelemetry has them for databases, and then up to the longest wait. */
    private static final Duration[] BUCKETS = IntStream.of(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 60_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    private final MeterRegistry registry;

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A registry that {@code /metrics} can show. */
    public static PrometheusMeterRegistry prometheus() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    public Counter counter(MetricNames name, String... tagValues) {
        return Counter.builder(name.id()).description(name.description()).baseUnit(unit(name))
                .tags(tags(name, Kind.COUNTER, tagValues)).register(registry);
    }

    public Timer timer(MetricNames name, String... tagValues) {
        return Timer.builder(name.id()).description(name.description()).serviceLevelObjectives(BUCKETS)
                .tags(tags(name, Kind.TIMER, tagValues)).register(registry);
    }

    public DistributionSummary summary(MetricNames name, String... tagValues) {
        return DistributionSummary.builder(name.id()).description(name.description()).baseUnit(unit(name))
                .tags(tags(name, Kind.SUMMARY, tagValues)).register(registry);
    }

    /**
     * Reads the value whenever it is shown; the registry keeps the supplier alive. The last supplier counts: whoever is
     * started again says what is true now.
     */
    public Gauge gauge(MetricNames name, Supplier<Number> value, String... tagValues) {
        List<Tag> tags = tags(name, Kind.GAUGE, tagValues);
        Gauge before = registry.find(name.id()).tags(tags).gauge();
        if (before != null) {
            registry.remove(before);
        }
        return Gauge.builder(name.id(), value).description(name.description()).baseUnit(unit(name)).tags(tags)
                .strongReference(true).register(registry);
    }

    /** Prometheus puts it behind the name, unless the name ends with it. */
    private static String unit(MetricNames name) {
        return name.unit().isEmpty() ? null : name.unit();
    }

    private static List<Tag> tags(MetricNames name, Kind kind, String[] values) {
        if (name.kind() != kind) {
            throw new IllegalArgumentException(name + " is a " + name.kind() + ", not a " + kind);
        }
        List<String> keys = name.tagKeys();
        if (keys.size() != values.length) {
            throw new IllegalArgumentException(
                    name + " has the tags " + keys + ", and got " + values.length + " values");
        }
        return IntStream.range(0, values.length).mapToObj(i -> Tag.of(keys.get(i), values[i])).toList();
    }
}

package io.tokensync.common.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Notices that a group's coordinator is silent, which a member keeps to itself: it sends heartbeats every few seconds, and
 * one that has never sent any has not found the group yet.
 */
public final class Heartbeats {
    /** After so long without a word one is told. */
    public static final Duration SILENCE = Duration.ofSeconds(10);
    private static final String METRIC = "last-heartbeat-seconds-ago";

    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
    private final Clock clock;
    private final Instant first;

    /** @param metrics of a member, or of several */
    public Heartbeats(Supplier<? extends Map<MetricName, ? extends Metric>> metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
        this.first = clock.instant().plus(SILENCE);
    }

    /** Whether no member has had a word for too long; false while nobody can have had one, and where nobody says. */
    public boolean areSilent() {
        if (clock.instant().isBefore(first)) {
            return false;
        }
        OptionalDouble latest = metrics.get().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(METRIC))
                .map(entry -> entry.getValue().metricValue()).filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .map(seconds -> seconds < 0 ? Double.MAX_VALUE : seconds).min();
        return latest.isPresent() && latest.getAsDouble() > SILENCE.toSeconds();
    }

    /** What to say of it. */
    public String complaint(String address) {
        return silence(address);
    }

    public static String silence(String address) {
        return "no word from Kafka at " + address + " for more than " + SILENCE.toSeconds() + " s";
    }
}

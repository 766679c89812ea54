package io.tokensync.common.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tokensync.common.metrics.MetricNames.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MetricsTest {
    private final Metrics metrics = new Metrics(new SimpleMeterRegistry());

    @Test
    void everyMetricCanBeMadeAndShown() {
        PrometheusMeterRegistry registry = Metrics.prometheus();
        Metrics shown = new Metrics(registry);
        for (MetricNames name : MetricNames.values()) {
            String[] values = name.tagKeys().toArray(String[]::new);
            switch (name.kind()) {
                case COUNTER -> shown.counter(name, values).increment();
                case TIMER -> shown.timer(name, values);
                case SUMMARY -> shown.summary(name, values).record(1);
                case GAUGE -> shown.gauge(name, () -> 1, values);
            }
        }
        String text = registry.scrape();
        for (MetricNames name : MetricNames.values()) {
            assertThat(text).contains(name.id().replace('.', '_'));
        }
    }

    @Test
    void namesAreDistinct() {
        assertThat(Arrays.stream(MetricNames.values()).map(MetricNames::id)).doesNotHaveDuplicates();
    }

    @Test
    void timersAreInSeconds() {
        assertThat(MetricNames.values()).filteredOn(name -> name.kind() == Kind.TIMER)
                .allMatch(name -> name.unit().equals("seconds"));
    }

    @Test
    void theSameNameAndTagsAreTheSameMeter() {
        metrics.counter(MetricNames.SCANNER_ROWS_REJECTED, "field_too_long").increment();
        assertThat(metrics.counter(MetricNames.SCANNER_ROWS_REJECTED, "field_too_long").count()).isEqualTo(1);
        assertThat(metrics.counter(MetricNames.SCANNER_ROWS_REJECTED, "token_id_missing").count()).isZero();
    }

    @Test
    void aGaugeFollowsItsValue() {
        AtomicInteger value = new AtomicInteger(1);
        var gauge = metrics.gauge(MetricNames.ENRICHER_IN_FLIGHT, value::get);
        value.set(5);
        assertThat(gauge.value()).isEqualTo(5);
    }

    @Test
    void wrongUseIsRejected() {
        assertThatThrownBy(() -> metrics.counter(MetricNames.SCANNER_ROWS_REJECTED))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("reason");
        assertThatThrownBy(() -> metrics.timer(MetricNames.SCANNER_ROWS_READ))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("COUNTER");
    }
}

package io.tokensync.cli;

import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tokensync.common.config.Settings;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.Service;
import io.tokensync.enricher.EnricherApp;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorApp;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.WriterConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** Names, kinds and labels of all metrics as Prometheus sees them: dashboards and alerts are made over them. */
class MetricsGoldenTest {
    @Test
    void everyMetricThatThereIs() {
        PrometheusMeterRegistry registry = Metrics.prometheus();
        Metrics metrics = new Metrics(registry);
        for (MetricNames name : MetricNames.values()) {
            String[] values = name.tagKeys().stream().map(_ -> "x").toArray(String[]::new);
            switch (name.kind()) {
                case COUNTER -> metrics.counter(name, values);
                case GAUGE -> metrics.gauge(name, () -> 1, values);
                case TIMER -> metrics.timer(name, values);
                case SUMMARY -> metrics.summary(name, values);
            }
        }
        Golden.files().check("metrics/all.txt", samples(registry));
    }

    /** Without a broker: what is there as soon as the process is; a scanner has none then. */
    @Test
    void whatEachStageShowsFromItsStartOn() {
        check("enricher", EnricherConfig::from, EnricherApp::create);
        check("writer", WriterConfig::from, WriterApp::create);
        check("monitor", MonitorConfig::from, MonitorApp::create);
    }

    private static <C> void check(String stage, Function<Settings, C> config, App<C> app) {
        Settings settings = Settings.of(Map.of("writer.sql.url", "jdbc:sqlite:a.db", "kafka.bootstrap-servers",
                "127.0.0.1:1"));
        PrometheusMeterRegistry registry = Metrics.prometheus();
        C built = settings.build(() -> config.apply(settings)).orElseThrow();
        try (Service service = app.create(built, registry, Clock.systemUTC())) {
            assertThat(service).isNotNull();
            Golden.files().check("metrics/" + stage + ".txt", samples(registry));
        }
    }

    /** Makes a stage of its configuration. */
    @FunctionalInterface
    private interface App<C> {
        Service create(C config, MeterRegistry registry, Clock clock);
    }

    /** Kinds and samples, without what they measure now. */
    private static String samples(PrometheusMeterRegistry registry) {
        return registry.scrape().lines().filter(line -> !line.startsWith("# HELP"))
                .map(line -> line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' '))).sorted()
                .filter(line -> !line.contains("le=\"")).distinct().collect(Collectors.joining("\n"));
    }
}

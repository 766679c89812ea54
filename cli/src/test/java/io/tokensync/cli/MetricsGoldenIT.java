package io.tokensync.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.monitor.MonitorApp;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.ScannerApp;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

/** The metrics of the stages that register theirs when they start, and not when they are made. */
class MetricsGoldenIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @TempDir
    private Path directory;

    @BeforeAll
    static void topics() throws Exception {
        try (Admin admin = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())).admin("test")) {
            TopicSet.local(1).create(admin);
        }
    }

    @Test
    void ofAScannerAfterAPass() throws Exception {
        PrometheusMeterRegistry registry = Metrics.prometheus();
        ScannerConfig config = ScannerConfig.from(settings(Map.of("scanner.roots", List.of(directory.toString()),
                "scanner.state-dir", directory.resolve("state").toString(), "scanner.once", "true")));
        try (ScannerApp scanner = ScannerApp.create(config, registry, Clock.systemUTC())) {
            scanner.start();
            scanner.termination().get();
            Golden.files().check("metrics/scanner-after-a-scan-cycle.txt", types(registry, "scanner"));
        }
    }

    @Test
    void ofAMonitorThatHasStarted() {
        PrometheusMeterRegistry registry = Metrics.prometheus();
        MonitorConfig config = MonitorConfig.from(settings(Map.of("monitor.page.port", "0")));
        try (MonitorApp monitor = MonitorApp.create(config, registry, Clock.systemUTC())) {
            monitor.start();
            Golden.files().check("metrics/monitor-started.txt", types(registry, "monitor"));
        }
    }

    private static Settings settings(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("kafka.bootstrap-servers", KAFKA.bootstrapServers());
        return Settings.of(all);
    }

    private static String types(PrometheusMeterRegistry registry, String stage) {
        return registry.scrape().lines().filter(line -> line.startsWith("# TYPE tokensync_" + stage + "_")).sorted()
                .collect(Collectors.joining("\n"));
    }
}

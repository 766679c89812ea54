package io.tokensync.cli.deploy;

import java.nio.file.Path;
import java.util.Map;

import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.writer.WriterConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** What the processes need: whether one would start with a file and an environment, and how much room it takes. */
final class ProcessConfiguration {
    /** MiB resident at the peak, rounded up, as docs/performance.md and docs/adr/040 have them. */
    static final Map<String, Integer> MEASURED = Map.of("scanner", 184, "enricher", 367, "writer", 408, "monitor", 246);

    private ProcessConfiguration() {}

    /** Fails, with what is wrong, unless it would: unknown keys and variables, values out of bounds, what is missing. */
    static void accept(String process, Path file, Map<String, String> environment) {
        Settings settings = Settings.load(file, environment);
        switch (process) {
            case "scanner" -> assertThat(settings.build(() -> ScannerConfig.from(settings))).isPresent();
            case "enricher" -> assertThat(settings.build(() -> EnricherConfig.from(settings))).isPresent();
            case "writer", "schema" -> assertThat(settings.build(() -> WriterConfig.from(settings))).isPresent();
            case "monitor" -> assertThat(settings.build(() -> MonitorConfig.from(settings))).isPresent();
            case "topics" -> assertThat(settings.build(() -> TopicSet.from(settings))).isPresent();
            default -> throw new AssertionError("no process is called " + process);
        }
        assertThat(settings.build(() -> KafkaSettings.from(settings))).isPresent();
        assertThat(settings.build(() -> AdminSettings.from(settings, 0))).isPresent();
        settings.check();
    }
}

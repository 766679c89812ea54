package io.tokensync.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.tokensync.common.config.EffectiveSetting;
import io.tokensync.common.config.KnownKeys;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.testkit.golden.Golden;
import io.tokensync.writer.WriterConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All keys of the configuration with their defaults: files that work today work tomorrow, and mean the same. One of them,
 * {@code enricher.batch.bytes}, is less in a heap below 512 MB.
 */
class ConfigurationGoldenTest {
    @Test
    void allKeysWithTheirDefaults() {
        Map<String, Object> needed = Map.of("scanner.roots", List.of("/nodes"), "writer.sql.url", "jdbc:sqlite:a.db",
                "monitor.sql.url", "jdbc:sqlite:a.db");
        Settings settings = Settings.of(needed);
        assertThat(settings.build(() -> ScannerConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> EnricherConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> WriterConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> MonitorConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> TopicSet.from(settings))).isPresent();
        assertThat(settings.build(() -> AdminSettings.from(settings, 0))).isPresent();
        Map<String, String> keys = new TreeMap<>();
        KnownKeys.all().forEach(key -> keys.put(key.name(), "(asked for by others, or a map)"));
        settings.effective().forEach(setting -> keys.put(setting.key(), value(setting)));
        needed.keySet().forEach(key -> keys.put(key, "(given by the test)"));
        StringBuilder text = new StringBuilder();
        keys.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
        Golden.files().check("configuration.txt", text.toString());
    }

    private static String value(EffectiveSetting setting) {
        if (setting.value().isEmpty()) {
            return setting.source().equals("default") ? "(empty)" : "(" + setting.source() + ")";
        }
        return setting.value();
    }
}

package io.tokensync.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.tokensync.cli.data.LocalFile;
import io.tokensync.common.config.EffectiveSetting;
import io.tokensync.common.config.KnownKeys;
import io.tokensync.common.config.Settings;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.ScannerConfig;
import io.tokensync.writer.WriterConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of all keys is what the processes ask for. */
class KnownKeysTest {
    private static final Set<String> MAPS = Set.of("kafka.properties.", "scanner.aliases.", "writer.errors.");

    @Test
    void everyKeyThatAProcessAsksForIsListedAndNoOther() {
        Settings settings = Settings.of(Map.of("scanner.roots", List.of("/nodes"), "writer.sql.url", "jdbc:h2:mem:a",
                "monitor.sql.url", "jdbc:h2:mem:a"));
        assertThat(settings.build(() -> ScannerConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> EnricherConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> WriterConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> MonitorConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> TopicSet.from(settings))).isPresent();
        assertThat(settings.build(() -> AdminSettings.from(settings, 0))).isPresent();
        Set<String> asked = new TreeSet<>(MAPS);
        asked.add(LocalFile.DATA);
        settings.effective().stream().map(EffectiveSetting::key).forEach(asked::add);
        assertThat(new TreeSet<>(KnownKeys.all()))
                .as("common/src/main/resources/io/tokensync/common/config/keys.txt should be:%n%s",
                        String.join("\n", asked))
                .isEqualTo(asked);
    }
}

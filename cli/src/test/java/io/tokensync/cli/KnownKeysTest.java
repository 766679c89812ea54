package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.tokensync.cli.data.LocalFile;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.EffectiveSetting;
import io.tokensync.common.config.KnownKeys;
import io.tokensync.common.config.Settings;
import io.tokensync.common.config.SettingsLayers;
import io.tokensync.common.kafka.TopicSet;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.ScannerConfig;
import io.tokensync.writer.WriterConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is declared is what the processes ask for, what is documented, and what the examples have. */
class KnownKeysTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void everyKeyThatAProcessAsksForIsDeclaredOnceAndNoOther() {
        Settings settings = Settings.of(Map.of("scanner.roots", List.of("/nodes"), "writer.sql.url", "jdbc:h2:mem:a",
                "monitor.sql.url", "jdbc:h2:mem:a"));
        assertThat(settings.build(() -> ScannerConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> EnricherConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> WriterConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> MonitorConfig.from(settings))).isPresent();
        assertThat(settings.build(() -> TopicSet.from(settings))).isPresent();
        assertThat(settings.build(() -> AdminSettings.from(settings, 0))).isPresent();
        settings.get(LocalFile.DATA);
        Set<String> asked = settings.effective().stream().map(EffectiveSetting::key)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> declared = KnownKeys.all().stream().filter(key -> !key.type().isMap()).map(ConfigKey::name)
                .toList();
        assertThat(declared).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(asked);
        assertThat(KnownKeys.all()).filteredOn(key -> key.type().isMap()).extracting(ConfigKey::name)
                .containsExactlyInAnyOrder("kafka.properties", "scanner.aliases", "writer.errors");
    }

    @Test
    void everyKeyOfTheExamplesIsDeclared() throws IOException {
        Set<String> names = KnownKeys.all().stream().map(ConfigKey::name).collect(Collectors.toSet());
        try (var files = Files.list(ROOT.resolve("deploy/config"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                    .hasSizeGreaterThanOrEqualTo(6).allSatisfy(file -> assertThat(SettingsLayers.read(file).keys())
                            .allMatch(key -> names.contains(key.replaceFirst("-file$", ""))));
        }
    }

    @Test
    void aVariableOfAnotherProcessIsNoMistakeOfThisOneAndAMisspeltOneIs() {
        Settings settings = Settings.of(Map.of(), Map.of("TOKENSYNC_MONITOR_SQL_USER", "reader",
                "TOKENSYNC_MONITOR_SQL_PASSWORD_FILE", "/none", "TOKENSYNC_SCANNER_ALIASES_X", "n",
                "TOKENSYNC_WRITER_ERRORS_50001", "transient", "TOKENSYNC_LOCAL_DATA", "/d",
                "TOKENSYNC_MONITOR_SQL_USR", "reader"));
        assertThatThrownBy(settings::check).hasMessageContaining("1 problem").hasMessageContaining(
                "TOKENSYNC_MONITOR_SQL_USR: unknown environment variable; did you mean TOKENSYNC_MONITOR_SQL_USER?");
    }
}

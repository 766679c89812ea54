package io.tokensync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.EffectiveSetting;
import io.tokensync.common.config.KnownKeys;
import io.tokensync.common.config.Settings;
import io.tokensync.common.config.SettingsLayers;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.standalone.data.LocalFile;
import io.tokensync.writer.WriterConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is declared is what the processes ask for, what is documented, and what the examples have. */
class KnownKeysTest {
    private static final Path ROOT = Path.of("..");
    /** A key alone, or with one word, a text in quotes or a list. */
    private static final Pattern COMMENTED_KEY = Pattern
            .compile("(?m)^( *)# ( *[a-z-]+:( (\"[^\"]*\"|\\[.*\\]|[^ ]+))?)$");

    @Test
    void everyKeyThatAProcessAsksForIsDeclaredOnceAndNoOther() {
        Settings settings = Settings.of(Map.of("scanner.roots", List.of("/nodes"), "writer.sql.url", "jdbc:sqlite:a.db",
                "monitor.sql.url", "jdbc:sqlite:a.db"));
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
                .containsExactlyInAnyOrder("kafka.properties", "scanner.aliases", "scanner.postgres.addresses",
                        "scanner.postgres.users", "scanner.postgres.password-files", "writer.errors");
    }

    @Test
    void everyKeyOfTheExamplesIsDeclaredAlsoThoseThatAreCommented(@TempDir Path directory) throws IOException {
        Set<String> found = new TreeSet<>();
        try (var files = Files.newDirectoryStream(ROOT.resolve("deploy/config"), "*.yaml")) {
            for (Path file : files) {
                String all = COMMENTED_KEY.matcher(Files.readString(file)).replaceAll("$1$2");
                found.addAll(SettingsLayers.read(Files.writeString(directory.resolve(file.getFileName()), all)).keys());
            }
        }
        assertThat(found).contains("writer.sql.url", "writer.batch.min-rows", "monitor.alerts.webhook.url-file")
                .allMatch(KnownKeysTest::isDeclared);
    }

    private static boolean isDeclared(String key) {
        return KnownKeys.all().stream().anyMatch(known -> known.type().isMap()
                ? key.startsWith(known.name() + ".")
                : known.name().equals(known.type().isSecret() ? key.replaceFirst("-file$", "") : key));
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

package io.tokensync.cli.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.tokensync.common.config.Settings;
import io.tokensync.common.config.SettingsLayers;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.writer.WriterConfig;

/**
 * The configuration file of a stage, or of the topics, read as whoever it is for reads it: what that rejects is rejected
 * here in the same words.
 */
final class StageFile {
    private static final int ANY_PORT = 0;

    private final SettingsLayers layers;
    private final Map<String, String> environment;

    private StageFile(SettingsLayers layers, Map<String, String> environment) {
        this.layers = layers;
        this.environment = environment;
    }

    /** @throws io.tokensync.common.config.ConfigException when it cannot be read or is not YAML */
    static StageFile read(Path yaml, Map<String, String> environment) {
        return new StageFile(SettingsLayers.read(yaml), environment);
    }

    Optional<ScannerConfig> scanner() {
        return stage(Set.of("scanner"), ScannerConfig::from);
    }

    Optional<EnricherConfig> enricher() {
        return stage(Set.of("enricher", "content"), EnricherConfig::from);
    }

    Optional<WriterConfig> writer() {
        return stage(Set.of("writer"), WriterConfig::from);
    }

    Optional<MonitorConfig> monitor() {
        return stage(Set.of("monitor"), MonitorConfig::from);
    }

    /** Kafka as this file has it, and its topics as all the files together do. */
    KafkaProbes kafka(List<StageFile> all) {
        SettingsLayers together = layers;
        for (StageFile file : all) {
            together = together.filled(file.layers.without(key -> !key.startsWith("topics.")));
        }
        return kafka(together.settings(environment), false);
    }

    /** Rejects what is wrong with this file alone. */
    void validate() {
        var _ = kafka(layers.settings(environment), isOfNoStage());
    }

    private static KafkaProbes kafka(Settings settings, boolean nothingElse) {
        Optional<KafkaSettings> kafka = settings.build(() -> KafkaSettings.from(settings));
        Optional<TopicSet> topics = settings.build(() -> TopicSet.stated(settings));
        if (nothingElse) {
            settings.check();
        } else {
            settings.checkRead();
        }
        return new KafkaProbes(kafka.orElseThrow(), topics.orElseThrow());
    }

    private boolean isOfNoStage() {
        return layers.keys().stream().allMatch(key -> key.startsWith("kafka.") || key.startsWith("topics."));
    }

    /** Empty when the file is not this stage's; the name of a group is what stages say of each other. */
    private <C> Optional<C> stage(Set<String> sections, Function<Settings, C> config) {
        boolean ours = layers.keys().stream()
                .anyMatch(key -> sections.contains(key.replaceFirst("\\..*", "")) && !key.endsWith(".group"));
        if (!ours) {
            return Optional.empty();
        }
        Settings settings = layers.settings(environment);
        var _ = settings.build(() -> AdminSettings.from(settings, ANY_PORT));
        Optional<C> read = settings.build(() -> config.apply(settings));
        settings.check();
        return read;
    }
}

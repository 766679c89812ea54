package io.tokensync.cli.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.EffectiveSetting;
import io.tokensync.common.config.KnownKeys;
import io.tokensync.common.config.Settings;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.enricher.EnricherConfig;
import io.tokensync.enricher.EnricherMain;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.monitor.MonitorMain;
import io.tokensync.scanner.ScannerMain;
import io.tokensync.scanner.config.ScannerConfig;
import io.tokensync.standalone.data.LocalFile;
import io.tokensync.standalone.run.LocalPlan;
import io.tokensync.standalone.run.LocalSettings;
import io.tokensync.writer.WriterConfig;
import io.tokensync.writer.WriterMain;

/** Whose configuration a file is, as it is typed: a stage, or {@code local}, whose file has the keys of all stages. */
enum ConfiguredStage {
    scanner,
    enricher,
    writer,
    monitor,
    local;

    /** Values that stand for those of an installation. */
    private static final class Example {
        private static final String BROKERS = "kafka.example.com:9092";
        private static final String DATABASE = "jdbc:sqlserver://sql.example.com:1433;databaseName=tokensync";
        private static final String PATH = "/path/to/nodes";
        private static final List<String> NODES = List.of(PATH);
        /** So that keys which are asked for only beside the address of a database are asked for. */
        private static final Map<String, Object> ADDRESSES = Map.of("writer.sql.url", "jdbc:sqlite:a.db",
                "monitor.sql.url", "jdbc:sqlite:a.db");
    }

    /**
     * A key that may stand in the file.
     *
     * @param key as it is declared
     * @param value in use when it is not set, as people write it; without one when that follows from another key
     */
    record Offered(ConfigKey<?> key, Optional<String> value) {}

    /** What has no default that could do, with an example. */
    Map<String, Object> needed() {
        String brokers = "kafka.bootstrap-servers";
        return switch (this) {
            case scanner -> Map.of(brokers, Example.BROKERS, "scanner.roots", Example.NODES);
            case writer -> Map.of(brokers, Example.BROKERS, "writer.sql.url", Example.DATABASE);
            case enricher, monitor -> Map.of(brokers, Example.BROKERS);
            case local -> Map.of(LocalFile.DATA.name(), LocalFile.DATA.standard(), "scanner.roots", Example.NODES);
        };
    }

    /** The keys that may stand in its file, in the order of their declarations: those that it asks for itself. */
    List<Offered> keys() {
        Map<String, String> values = reading().effective().stream()
                .collect(Collectors.toMap(EffectiveSetting::key, EffectiveSetting::value));
        return KnownKeys.all().stream()
                .filter(key -> key.type().isMap() ? hasMap(key) : values.containsKey(key.name()))
                .filter(key -> this != local || !LocalFile.decides(key.name()))
                .map(key -> new Offered(key, standard(values.getOrDefault(key.name(), "")))).toList();
    }

    /** What it reads, of nearly nothing. */
    private Settings reading() {
        return switch (this) {
            case scanner -> stage(ScannerMain.ADMIN_PORT, ScannerConfig::from);
            case enricher -> stage(EnricherMain.ADMIN_PORT, EnricherConfig::from);
            case writer -> stage(WriterMain.ADMIN_PORT, WriterConfig::from);
            case monitor -> stage(MonitorMain.ADMIN_PORT, MonitorConfig::from);
            case local -> ofLocal();
        };
    }

    /** Of maps, whose keys nobody asks for by name: those of its own section, and of Kafka unless it has that inside. */
    private boolean hasMap(ConfigKey<?> map) {
        String section = map.name().replaceFirst("\\..*", "");
        return this == local ? !section.equals("kafka") : section.equals("kafka") || section.equals(name());
    }

    private static Optional<String> standard(String value) {
        return value.contains(Example.PATH) ? Optional.empty() : Optional.of(value);
    }

    private static Settings stage(int adminPort, Function<Settings, ?> config) {
        Map<String, Object> given = new HashMap<>(Example.ADDRESSES);
        given.put("scanner.roots", Example.NODES);
        Settings settings = Settings.of(given);
        settings.build(() -> AdminSettings.from(settings, adminPort));
        settings.build(() -> config.apply(settings));
        return settings;
    }

    private static Settings ofLocal() {
        Settings settings = LocalSettings.toLookAt(LocalFile.DATA.standard(), List.of(Path.of(Example.PATH)))
                .withDefault("monitor.page.enabled", true).settings(Map.of());
        LocalPlan _ = LocalPlan.of(settings);
        return settings;
    }
}

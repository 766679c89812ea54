package io.tokensync.cli.operator;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.tokensync.common.config.ConfigException;
import io.tokensync.common.config.Settings;
import io.tokensync.common.config.SettingsLayers;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.monitor.MonitorConfig;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.standalone.data.LocalFile;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.standalone.run.LocalPlan;
import io.tokensync.standalone.run.LocalSettings;
import io.tokensync.writer.WriterConfig;

/** The database that a configuration file names, read as whoever the file is for reads it. */
public final class ConfiguredTable {
    /** What is wrong with a configuration that names none. */
    public static final String NO_DATABASE = "names no database: set monitor.sql.url";

    private static final int ANY_PORT = 0;

    private ConfiguredTable() {}

    /**
     * That of a writer, of a monitor, or of {@code local}.
     *
     * @throws ConfigException when the file names none, or is wrong
     */
    public static SqlSettings of(Path config) {
        Optional<LocalFile> local = LocalFile.recognized(config);
        if (local.isPresent()) {
            return local.get().namesDatabase()
                    ? ofLocal(local.get())
                    : EmbeddedDatabase.of(local.get().data()).existing().settings();
        }
        if (!isMonitors(config)) {
            return ofWriter(config);
        }
        return ofMonitor(config).orElseThrow(() -> new ConfigException(config.toString(), List.of(NO_DATABASE))).sql();
    }

    /** The names of groups are what stages say of each other. */
    private static boolean isMonitors(Path config) {
        List<String> sections = SettingsLayers.read(config).keys().stream().filter(key -> !key.endsWith(".group"))
                .map(key -> key.replaceFirst("\\..*", "")).toList();
        return sections.contains("monitor") && !sections.contains("writer");
    }

    /** That of a writer. */
    public static SqlSettings ofWriter(Path config) {
        Settings settings = Settings.load(config, System.getenv());
        Optional<WriterConfig> writer = settings.build(() -> WriterConfig.from(settings));
        var _ = settings.build(() -> AdminSettings.from(settings, ANY_PORT));
        settings.check();
        return writer.orElseThrow().sql();
    }

    /** That of a {@code local} whose file names one. */
    public static SqlSettings ofLocal(LocalFile file) {
        return LocalPlan.of(LocalSettings.toLookAt(file.data(), file.roots()).withFile(file).settings(System.getenv()))
                .writer().sql();
    }

    /** That of a monitor, with what it says of the audit; empty when it names none. */
    public static Optional<AuditSettings> ofMonitor(Path config) {
        Settings settings = Settings.load(config, System.getenv());
        Optional<MonitorConfig> monitor = settings.build(() -> MonitorConfig.from(settings));
        var _ = settings.build(() -> AdminSettings.from(settings, ANY_PORT)); // the rest of the file
        settings.check();
        return monitor.orElseThrow().monitorUi().audit();
    }
}

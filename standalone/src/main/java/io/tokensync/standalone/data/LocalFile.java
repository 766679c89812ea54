package io.tokensync.standalone.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Secret;
import io.tokensync.common.config.Settings;
import io.tokensync.common.config.SettingsLayers;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.scanner.discovery.DiscoveryConfig;

/**
 * The configuration file of {@code local}: the keys of all stages, but for those of what it has inside, and where the data
 * directory is, by which it is told from the file of a stage.
 */
public final class LocalFile {
    static final KeySection KEYS = KeySection.of("local");
    /** Of the data directory. */
    public static final ConfigKey<Path> DATA = KEYS.add(ConfigKey.path("data", Path.of("tokensync-data"),
            "Directory in which local keeps everything: the broker's log, the agent's state, the database and log files."));

    private static final String OURS = "local.";
    private static final String WRITER_URL = "writer.sql.url";
    private static final String MONITOR_URL = "monitor.sql.url";
    /** What local decides itself, and why. */
    private static final Map<String, String> INSIDE = inside();

    private final SettingsLayers layers;

    private LocalFile(SettingsLayers layers) {
        this.layers = layers;
    }

    /** Without a file. */
    public static LocalFile none() {
        return new LocalFile(SettingsLayers.none());
    }

    /**
     * The file's settings.
     *
     * @throws io.tokensync.common.config.ConfigException when it cannot be read or is not YAML
     */
    public static LocalFile read(Path yaml) {
        return new LocalFile(SettingsLayers.read(yaml));
    }

    /** The file, when it is one of {@code local} and not of a stage. */
    public static Optional<LocalFile> recognized(Path yaml) {
        LocalFile file = read(yaml);
        return Optional.of(file).filter(local -> local.layers.keys().stream().anyMatch(key -> key.startsWith(OURS)));
    }

    /** What it says, as it stands. */
    public SettingsLayers layers() {
        return layers;
    }

    /** Where it has the data directory; the usual place when it says nothing. */
    public Path data() {
        return peek().get(DATA);
    }

    /** Where it has the nodes; empty when it says nothing. */
    public List<Path> roots() {
        return peek().get(DiscoveryConfig.ROOTS);
    }

    /** Whether it names a database in place of the embedded one. */
    public boolean namesDatabase() {
        return layers.has(WRITER_URL);
    }

    /** Whether it names a database for the audit alone. */
    public boolean namesAuditDatabase() {
        return layers.has(MONITOR_URL);
    }

    /** The address of that database; empty when it names none, or what it names cannot be read. */
    public Optional<String> address() {
        return peek().find(SqlSettings.URL.below("writer.sql")).map(Secret::reveal);
    }

    /** Whether {@code local} decides a key itself, so that its file must not have it. */
    public static boolean decides(String key) {
        return INSIDE.keySet().stream().anyMatch(prefix -> isAt(prefix, key));
    }

    private static boolean isAt(String prefix, String key) {
        return key.equals(prefix) || (prefix.endsWith(".") && key.startsWith(prefix));
    }

    /** What it says of things that it cannot decide, a sentence for each. */
    public List<String> rejected() {
        List<String> rejected = new ArrayList<>();
        layers.keys().stream().sorted().forEach(key -> INSIDE.forEach((prefix, why) -> {
            if (isAt(prefix, key)) {
                rejected.add(key + " (" + layers.place(key).orElse("?") + "): " + why);
            }
        }));
        for (String whose : List.of("writer.sql", "monitor.sql")) {
            for (String login : List.of(".user", ".password")) {
                if (!namesDatabase() && !layers.has(whose + ".url") && layers.has(whose + login)) {
                    rejected.add(whose + login + " goes with " + whose + ".url: the embedded database has logins of its"
                            + " own; give the address, or leave the login out");
                }
            }
        }
        return rejected;
    }

    /** For single keys; what is wrong with them is said when everything is read. */
    private Settings peek() {
        return layers.settings(Map.of());
    }

    private static Map<String, String> inside() {
        Map<String, String> inside = new LinkedHashMap<>();
        inside.put("kafka.", "local has a broker of its own, for nobody else; leave it out");
        inside.put("topics.", "the topics of local's own broker are as they are; leave it out");
        inside.put("admin.", "local has no admin endpoint; its page shows how the stages are; leave it out");
        inside.put("monitor.stages.", "the stages are inside; leave it out");
        inside.put("scanner.state-dir", "the agent's state is in the data directory; set " + DATA.name() + " instead");
        inside.put("scanner.once", "that is the option --once");
        for (String stage : List.of("enricher", "writer", "monitor")) {
            inside.put(stage + ".group", "local has its broker for itself, and names the groups; leave it out");
        }
        return inside;
    }
}

package io.tokensync.standalone.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tokensync.common.address.DatabaseAddress;
import io.tokensync.common.address.JdbcUrl;
import io.tokensync.common.config.Settings;
import io.tokensync.common.config.SettingsLayers;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.model.Digest;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.LocalFile;
import io.tokensync.standalone.data.jdbc.EmbeddedDatabase;
import io.tokensync.writer.WriterConfig;

/**
 * The settings of a run in one process, by the keys that the stages read from their configuration files: what suits one
 * machine, a file over that, what this process has inside, and options over all.
 */
public final class LocalSettings {
    /** The embedded topics are read by one member each; more partitions would only cost memory. */
    public static final int PARTITIONS = 2;

    private static final String GROUP = "writer.group";
    private static final String ROOTS = "scanner.roots";
    private static final String WRITER_SQL = "writer.sql";
    private static final String MONITOR_SQL = "monitor.sql";
    /** An address and its login are one thing: who gives another address does not send it this login. */
    private static final Set<String> LOGIN = Set.of(".url", ".url-file", ".user", ".password", ".password-file");
    /** In the place of the embedded broker's address, where that does not run. */
    private static final KafkaSettings NOT_YET = KafkaSettings.at("127.0.0.1:1");

    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private final Map<String, Object> embedded = new LinkedHashMap<>();
    private final Map<String, Object> options = new LinkedHashMap<>();
    private final Map<String, Object> inside = new LinkedHashMap<>();
    private LocalFile file = LocalFile.none();
    private Optional<String> address = Optional.empty();

    private LocalSettings(Path data, KafkaSettings kafka, List<Path> roots) {
        inside.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        kafka.properties().forEach((key, value) -> inside.put("kafka.properties." + key, value));
        // one process at a time owns the data directory, so the name is free again after a crash
        inside.put("kafka.instance-id", "local");
        inside.put("scanner.state-dir", DataDirectory.agent(data, "local"));
        List<Path> absolute = roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
        options.put(ROOTS, absolute);
        defaults.put("scanner.interval", "5s");
        defaults.put("scanner.retry.longest-wait", "10s");
        defaults.put("enricher.blockstore.roots", absolute);
        defaults.put("enricher.batch.rows", 2000);
        // everything is on this machine: what is not found in time is on a busy disk, not on a node that is away
        defaults.put("enricher.wait", "1m");
        defaults.put("monitor.page.enabled", false);
        embedded.put("monitor.audit.interval", "2m");
        // A transaction writes most of the indexes' pages, however few rows it has; and nobody but this process writes here.
        embedded.put("writer.batch.rows", 30_000);
        embedded.put("writer.batch.bytes", "30MiB");
        embedded.put("writer.batch.transaction-time", "5s");
    }

    /**
     * @param data where everything is kept
     * @param kafka the embedded broker
     * @param roots directories below which nodes are looked for
     */
    public LocalSettings(DataDirectory data, KafkaSettings kafka, List<Path> roots) {
        this(data.root(), kafka, roots);
        EmbeddedDatabase database = EmbeddedDatabase.of(data.root());
        embedded.put(GROUP, WriterConfig.GROUP + "-" + data.databaseId(database.exists()));
        putAddress(database);
    }

    /** To see what a run would do, before there is a broker. */
    public LocalSettings(DataDirectory data, List<Path> roots) {
        this(data, NOT_YET, roots);
    }

    /** To be looked at only: nothing of the data directory is touched, nor needs to be there. */
    public static LocalSettings toLookAt(Path data, List<Path> roots) {
        LocalSettings settings = new LocalSettings(DataDirectory.root(data), NOT_YET, roots);
        settings.putAddress(EmbeddedDatabase.of(data));
        return settings;
    }

    /** Sets or replaces one key, whatever the file says. */
    public LocalSettings with(String key, Object value) {
        options.put(key, value);
        return this;
    }

    /** Replaces one key where the file says nothing. */
    public LocalSettings withDefault(String key, Object value) {
        defaults.put(key, value);
        return this;
    }

    /** What a file says. */
    public LocalSettings withFile(LocalFile given) {
        file = given;
        return this;
    }

    /** A database of the user's in place of the embedded one, or another login for that of the file. */
    public LocalSettings withDatabase(GivenDatabase sql) {
        address = sql.address();
        for (String whose : List.of(WRITER_SQL, MONITOR_SQL)) {
            sql.address().ifPresent(url -> options.put(whose + ".url", url));
            if (whose.equals(WRITER_SQL) || !file.namesAuditDatabase() || address.isPresent()) {
                sql.user().ifPresent(name -> options.put(whose + ".user", name));
                sql.password().ifPresent(secret -> options.put(whose + ".password", secret));
                sql.passwordFile().ifPresent(path -> options.put(whose + ".password-file", path));
            }
        }
        return this;
    }

    /** Whether the tokens go into a database of the user's. */
    public boolean hasOwnDatabase() {
        return address.isPresent() || file.namesDatabase();
    }

    /**
     * Everything, to be read. Of the environment only secrets count: the login of the user's own database, where no option
     * gives it, and what the alerts of a file need. Variables that were set for a stage on a cluster must not lead here.
     */
    public Settings settings(Map<String, String> environment) {
        SettingsLayers layers = address.isPresent() ? file.layers().without(LocalSettings::isLogin) : file.layers();
        if (hasOwnDatabase()) {
            address.or(file::address).map(LocalSettings::groupFor).ifPresent(group -> inside.put(GROUP, group));
            layers = layers.has(MONITOR_SQL + ".url") ? layers : layers.copied(WRITER_SQL + ".", MONITOR_SQL + ".");
        } else {
            boolean ownAudit = layers.has(MONITOR_SQL + ".url");
            embedded.forEach((key, value) -> {
                if (!ownAudit || !key.startsWith(MONITOR_SQL)) {
                    defaults.put(key, value);
                }
            });
        }
        Settings settings = layers.under(defaults).over(inside).over(options).settings(secrets(environment));
        file.rejected().forEach(settings::problem);
        var _ = settings.get(LocalFile.DATA);
        return settings;
    }

    private Map<String, String> secrets(Map<String, String> environment) {
        Map<String, String> secrets = new LinkedHashMap<>();
        if (!file.layers().keys().isEmpty()) {
            environment.forEach((name, value) -> {
                if (name.startsWith("TOKENSYNC_MONITOR_ALERTS_")) {
                    secrets.put(name, value);
                }
            });
        }
        boolean ownAudit = file.namesAuditDatabase() && address.isEmpty();
        if (hasOwnDatabase()) {
            login(environment, WRITER_SQL, WRITER_SQL, secrets);
        }
        if (hasOwnDatabase() || ownAudit) {
            login(environment, ownAudit ? MONITOR_SQL : WRITER_SQL, MONITOR_SQL, secrets);
        }
        return secrets;
    }

    private void login(Map<String, String> environment, String from, String to, Map<String, String> secrets) {
        boolean password = options.containsKey(to + ".password") || options.containsKey(to + ".password-file");
        for (String part : List.of("user", "password", "password_file")) {
            String value = environment.get(variable(from) + part.toUpperCase(Locale.ROOT));
            boolean given = part.equals("user") ? options.containsKey(to + ".user") : password;
            if (value != null && !given) {
                secrets.put(variable(to) + part.toUpperCase(Locale.ROOT), value);
            }
        }
    }

    private static String variable(String prefix) {
        return "TOKENSYNC_" + prefix.replace('.', '_').toUpperCase(Locale.ROOT) + "_";
    }

    private void putAddress(EmbeddedDatabase database) {
        for (String whose : List.of(WRITER_SQL, MONITOR_SQL)) {
            embedded.put(whose + ".url", database.settings().url());
        }
    }

    private static boolean isLogin(String key) {
        return List.of(WRITER_SQL, MONITOR_SQL).stream()
                .anyMatch(whose -> key.startsWith(whose) && LOGIN.contains(key.substring(whose.length())));
    }

    /**
     * A group of its own for each target, however its address is written: the embedded topics are kept, so that a database
     * that is new to this data directory gets everything, not only what changes from now on.
     */
    private static String groupFor(String address) {
        try {
            JdbcUrl url = DatabaseAddress.parse(address).url();
            String database = url.find("databaseName").or(() -> url.find("database")).orElse("");
            Digest digest = new Digest().text(url.base().toLowerCase(Locale.ROOT))
                    .text(database.toLowerCase(Locale.ROOT));
            return WriterConfig.GROUP + "-" + Long.toHexString(digest.toLong());
        } catch (IllegalArgumentException _) {
            return WriterConfig.GROUP; // what is wrong with it is said when the settings are read
        }
    }

    /** IPFS nodes whose API may be asked for content that the repositories do not have. */
    public LocalSettings withIpfsApis(List<URI> addresses) {
        return addresses.isEmpty() ? this : with("enricher.kubo.endpoints", addresses);
    }
}

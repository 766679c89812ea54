package io.tokensync.cli.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.tokensync.cli.data.DataDirectory;
import io.tokensync.cli.data.jdbc.EmbeddedDatabase;
import io.tokensync.common.address.DatabaseAddress;
import io.tokensync.common.address.JdbcUrl;
import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.model.Digest;
import io.tokensync.writer.WriterConfig;

/** The settings of a run in one process, by the keys that the stages read from their configuration files. */
public final class LocalSettings {
    /** The embedded topics are read by one member each; more partitions would only cost memory. */
    public static final int PARTITIONS = 2;

    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * @param data where everything is kept
     * @param kafka the embedded broker
     * @param nodes directory below which nodes are looked for
     */
    public LocalSettings(DataDirectory data, KafkaSettings kafka, Path nodes) {
        values.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        kafka.properties().forEach((key, value) -> values.put("kafka.properties." + key, value));
        // one process at a time owns the data directory, so the name is free again after a crash
        values.put("kafka.instance-id", "local");
        values.put("scanner.roots", List.of(nodes.toAbsolutePath().normalize()));
        values.put("scanner.state-dir", data.agent("local"));
        values.put("scanner.interval", "5s");
        values.put("scanner.retry.longest-wait", "10s");
        values.put("enricher.blockstore.roots", List.of(nodes.toAbsolutePath().normalize()));
        values.put("enricher.batch.rows", 2000);
        // everything is on this machine: what is not found in time is on a busy disk, not on a node that is away
        values.put("enricher.wait", "1m");
        EmbeddedDatabase database = EmbeddedDatabase.of(data.root());
        values.put("writer.group", WriterConfig.GROUP + "-" + data.databaseId(database.exists()));
        putLogin("writer.sql", database.writer());
        putLogin("monitor.sql", database.reader());
        values.put("monitor.audit.interval", "2m");
        values.put("monitor.page.enabled", false);
    }

    /** Sets or replaces one key. */
    public LocalSettings with(String key, Object value) {
        values.put(key, value);
        return this;
    }

    /**
     * A database of the user's in place of the embedded one; what is empty comes from the address or the environment.
     *
     * @throws IllegalArgumentException when the address is malformed; the message repeats nothing of it
     */
    public LocalSettings withSql(String url, Optional<String> user, Optional<String> password,
            Optional<Path> passwordFile) {
        values.put("writer.group", groupFor(url));
        values.remove("monitor.audit.interval");
        for (String whose : List.of("writer.sql", "monitor.sql")) {
            List.of(".user", ".password").forEach(key -> values.remove(whose + key));
            values.put(whose + ".url", url);
            user.ifPresent(name -> values.put(whose + ".user", name));
            password.ifPresent(secret -> values.put(whose + ".password", secret));
            passwordFile.ifPresent(file -> values.put(whose + ".password-file", file));
        }
        return this;
    }

    private void putLogin(String whose, SqlSettings login) {
        values.put(whose + ".url", login.url());
        values.put(whose + ".user", login.user().orElseThrow());
        values.put(whose + ".password", login.password().map(Secret::reveal).orElseThrow());
    }

    /**
     * A group of its own for each target, however its address is written: the embedded topics are kept, so that a database
     * that is new to this data directory gets everything, not only what changes from now on.
     */
    private static String groupFor(String address) {
        JdbcUrl url = DatabaseAddress.parse(address).url();
        String database = url.find("databaseName").or(() -> url.find("database")).orElse("");
        Digest digest = new Digest().text(url.base().toLowerCase(Locale.ROOT)).text(database.toLowerCase(Locale.ROOT));
        return WriterConfig.GROUP + "-" + Long.toHexString(digest.toLong());
    }

    /** IPFS nodes whose API may be asked for content that the repositories do not have. */
    public LocalSettings withIpfsApis(List<URI> addresses) {
        if (!addresses.isEmpty()) {
            values.put("enricher.kubo.endpoints", addresses);
        }
        return this;
    }

    /**
     * The status page, for browsers on this machine.
     *
     * @param port 0 for any free one
     */
    public LocalSettings withPage(int port) {
        return with("monitor.page.enabled", true).with("monitor.page.port", port);
    }

    public Map<String, Object> values() {
        return values;
    }
}

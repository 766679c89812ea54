package io.tokensync.scanner.source.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Secret;
import io.tokensync.common.config.SecretFile;
import io.tokensync.common.config.Settings;

/**
 * How the agent gets into the databases of v1 nodes: by a login of its own, never by the node's.
 *
 * @param login of all nodes that have no other
 * @param sslMode whether and how connections are encrypted
 * @param sslRootCertificate of the authorities that servers are checked by; the Java runtime's when empty
 * @param schema where the node has its tables
 * @param timeouts of connections and statements
 * @param nodes what is otherwise, by a node's directory
 */
public record PostgresSettings(Login login, SslMode sslMode, Optional<Path> sslRootCertificate, String schema,
        Timeouts timeouts, Map<Path, NodeOverride> nodes) {
    public static final KeySection KEYS = KeySection.of("scanner.postgres");

    private static final Bounds<Duration> TIMEOUTS = Bounds.of(Duration.ofMillis(100), Duration.ofMinutes(10));
    private static final ConfigKey<String> USER = KEYS.add(ConfigKey.optionalText("user",
            "The agent's own login for the PostgreSQL databases of v1 nodes; its rights: tokensync schema grants --role "
                    + "node-reader. Without it nodes of v1 are reported and not read."));
    private static final ConfigKey<Secret> PASSWORD = KEYS.add(ConfigKey.secret("password", "Password of the login."));
    private static final ConfigKey<SslMode> SSL_MODE = KEYS.add(ConfigKey.choice("ssl-mode", SslMode.class,
            SslMode.PREFER, "Whether and how connections are encrypted, as libpq names it."));
    private static final ConfigKey<Path> SSL_ROOT = KEYS.add(ConfigKey.optionalPath("ssl-root-certificate",
            "Certificates of the authorities that verify-ca and verify-full check servers by; the Java runtime's when "
                    + "there is none."));
    private static final ConfigKey<String> SCHEMA = KEYS.add(ConfigKey.text("schema", "public",
            "Schema of the nodes' tables."));
    private static final ConfigKey<Duration> CONNECT_TIMEOUT = KEYS.add(ConfigKey.duration("connect-timeout",
            Duration.ofSeconds(5), "How long making a connection may take.").within(TIMEOUTS));
    private static final ConfigKey<Duration> STATEMENT_TIMEOUT = KEYS.add(ConfigKey.duration("statement-timeout",
            Duration.ofSeconds(30), "How long one statement may take; each reads a page.").within(TIMEOUTS));
    private static final ConfigKey<Duration> LOCK_TIMEOUT = KEYS.add(ConfigKey.duration("lock-timeout",
            Duration.ofSeconds(2), "How long a statement waits for a lock, as of a migration of the node.")
            .within(TIMEOUTS));
    private static final ConfigKey<Map<String, String>> ADDRESSES = KEYS.add(ConfigKey.map("addresses",
            "By the absolute path of a node's directory: host:port/database in place of what its config.toml says."));
    private static final ConfigKey<Map<String, String>> USERS = KEYS.add(ConfigKey.map("users",
            "By the absolute path of a node's directory: another login."));
    private static final ConfigKey<Map<String, String>> PASSWORD_FILES = KEYS.add(ConfigKey.map("password-files",
            "By the absolute path of a node's directory: file with the password of that login."));

    /** How connections are encrypted. */
    public enum SslMode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL
    }

    /**
     * Who the agent is there.
     *
     * @param user empty when there is no login
     * @param password empty when the server is to ask for none
     */
    public record Login(Optional<String> user, Optional<Secret> password) {
        public static final Login NONE = new Login(Optional.empty(), Optional.empty());
    }

    /**
     * How long things may take.
     *
     * @param connect making a connection
     * @param statement one statement
     * @param lock waiting for a lock of the node
     */
    public record Timeouts(Duration connect, Duration statement, Duration lock) {
        public Timeouts {
            CONNECT_TIMEOUT.require(connect);
            STATEMENT_TIMEOUT.require(statement);
            LOCK_TIMEOUT.require(lock);
        }
    }

    /**
     * What is otherwise for one node.
     *
     * @param address {@code host:port/database} in place of that of its {@code config.toml}
     * @param user another login
     * @param passwordFile the file with that login's password
     */
    public record NodeOverride(Optional<String> address, Optional<String> user, Optional<Path> passwordFile) {
        private static final NodeOverride NONE = new NodeOverride(Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    public PostgresSettings {
        nodes = Map.copyOf(nodes);
    }

    /** With this login, everything else by default; without one no node of v1 is read. */
    public static PostgresSettings of(Login login) {
        return new PostgresSettings(login, SSL_MODE.standard(), Optional.empty(), SCHEMA.standard(),
                new Timeouts(CONNECT_TIMEOUT.standard(), STATEMENT_TIMEOUT.standard(), LOCK_TIMEOUT.standard()),
                Map.of());
    }

    /** From the keys of {@code scanner.postgres}. */
    public static PostgresSettings from(Settings settings) {
        Map<Path, String> addresses = byPath(settings.map(ADDRESSES));
        Map<Path, String> users = byPath(settings.map(USERS));
        Map<Path, String> passwordFiles = byPath(settings.map(PASSWORD_FILES));
        Map<Path, NodeOverride> nodes = Stream.of(addresses, users, passwordFiles).flatMap(map -> map.keySet().stream())
                .distinct().collect(Collectors.toMap(Function.identity(), node -> new NodeOverride(
                        Optional.ofNullable(addresses.get(node)), Optional.ofNullable(users.get(node)),
                        Optional.ofNullable(passwordFiles.get(node)).map(Path::of))));
        return new PostgresSettings(new Login(settings.find(USER), settings.find(PASSWORD)), settings.get(SSL_MODE),
                settings.find(SSL_ROOT), settings.get(SCHEMA), new Timeouts(settings.get(CONNECT_TIMEOUT),
                        settings.get(STATEMENT_TIMEOUT), settings.get(LOCK_TIMEOUT)),
                nodes);
    }

    /** The script that gives the agent's login its rights in the database of a node. */
    public static String grants() {
        try (InputStream in = PostgresSettings.class.getResourceAsStream("grants_node_reader.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nodes of v1 are read. */
    public boolean isConfigured() {
        return login.user().isPresent() || nodes.values().stream().anyMatch(node -> node.user().isPresent());
    }

    /** What is otherwise for the node with this directory. */
    NodeOverride node(Path directory) {
        return nodes.getOrDefault(directory, NodeOverride.NONE);
    }

    /**
     * The login for the node with this directory.
     *
     * @throws IOException when the file with its password cannot be read
     */
    Login login(Path directory) throws IOException {
        NodeOverride node = node(directory);
        if (node.passwordFile().isPresent()) {
            Secret password = Secret.of(SecretFile.read(node.passwordFile().get()).strip());
            return new Login(node.user().or(login::user), Optional.of(password));
        }
        return node.user().isPresent() ? new Login(node.user(), Optional.empty()) : login;
    }

    private static Map<Path, String> byPath(Map<String, String> byText) {
        return byText.entrySet().stream().collect(Collectors
                .toMap(entry -> Path.of(entry.getKey()).toAbsolutePath().normalize(), Map.Entry::getValue));
    }
}

package io.tokensync.common.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.tokensync.common.address.DatabaseAddress;
import io.tokensync.common.address.JdbcUrl;
import io.tokensync.common.config.Bounds;
import io.tokensync.common.config.ConfigKey;
import io.tokensync.common.config.KeySection;
import io.tokensync.common.config.Secret;
import io.tokensync.common.config.Settings;

/**
 * Where the database is and how to get in. The password is nowhere but in its {@link Secret}: one that stands in the URL
 * is taken out of it.
 *
 * @param url given as JDBC URL or connection string ({@link DatabaseAddress}); then the JDBC URL for the driver, without
 *            user and password; encryption and finite timeouts are added where it says nothing
 * @param user empty when the URL names another way of authentication, or the embedded database's own user
 * @param password of the user
 * @param queryTimeout how long one statement may take; the address wins where it says so too
 * @param connectTimeout how long making a connection may take; likewise
 * @param remarks what the address says and has no effect here, a sentence for each
 */
public record SqlSettings(String url, Optional<String> user, Optional<Secret> password, Duration queryTimeout,
        Duration connectTimeout, List<String> remarks) {
    /** Of a database, to be included by the section of a stage. */
    public static final KeySection KEYS = KeySection.template();
    /** Of its address. */
    public static final ConfigKey<Secret> URL = KEYS.add(ConfigKey.secret("url",
            "Address of the database: a JDBC URL (jdbc:sqlserver://host:1433;databaseName=tokens, or jdbc:sqlite:PATH for a "
                    + "file), or an ADO.NET or ODBC connection string. The writer does not start without it, and the monitor audits and searches nothing.")
            .replacing("azure_sql_connection.txt, which url-file may name"));

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final String UNCHECKED = "trustServerCertificate=true: the server's certificate is not checked, so that "
            + "whoever is between it and this machine can take its place; meant for the certificate that a container makes itself";
    private static final ConfigKey<String> USER = KEYS.add(ConfigKey.optionalText("user",
            "Login; wins over that of the address."));
    private static final ConfigKey<Secret> PASSWORD = KEYS.add(ConfigKey.secret("password",
            "Password of the login; wins over that of the address."));
    private static final ConfigKey<Duration> QUERY_TIMEOUT = KEYS.add(ConfigKey.duration("query-timeout",
            Duration.ofMinutes(2),
            "How long one statement may take; queryTimeout or Command Timeout of the address wins.")
            .within(Bounds.atLeast(SHORTEST)));
    private static final ConfigKey<Duration> CONNECT_TIMEOUT = KEYS.add(ConfigKey.duration("connect-timeout",
            Duration.ofMinutes(1),
            "How long making a connection may take; loginTimeout or Connect Timeout of the address wins.")
            .within(Bounds.atLeast(SHORTEST)));
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern BEFORE_THE_SERVER = Pattern.compile("^jdbc:\\w+:(//)?");
    /** Beyond the query timeout, so that the server's answer to a cancel still arrives. */
    private static final Duration SOCKET_GRACE = Duration.ofSeconds(30);

    public SqlSettings {
        Objects.requireNonNull(url, "url");
        DatabaseAddress address = DatabaseAddress.parse(url);
        JdbcUrl parsed = address.url();
        String password0 = parsed.remove("password").orElse(null);
        String user0 = parsed.remove("user").or(() -> parsed.remove("userName")).orElse(null);
        user = user.or(() -> Optional.ofNullable(user0));
        password = password.or(() -> Optional.ofNullable(password0).map(Secret::of));
        queryTimeout = timeout(parsed, "queryTimeout", queryTimeout);
        connectTimeout = timeout(parsed, "loginTimeout", connectTimeout);
        requireSeconds("query timeout", queryTimeout);
        requireSeconds("connect timeout", connectTimeout);
        if (Dialect.of(parsed.toText()) == Dialect.SQL_SERVER) {
            addDefaults(parsed, queryTimeout, connectTimeout);
            EntraLibrary.requireFor(parsed);
        } else if (Dialect.of(parsed.toText()) == Dialect.SQLITE) {
            SqliteFile.requireFile(parsed.base());
        }
        url = parsed.toText();
        remarks = Stream.of(remarks, address.remarks(), unchecked(parsed)).flatMap(List::stream).distinct()
                .toList();
    }

    /** Without remarks yet; they come from the address. */
    public SqlSettings(String url, Optional<String> user, Optional<Secret> password, Duration queryTimeout,
            Duration connectTimeout) {
        this(url, user, password, queryTimeout, connectTimeout, List.of());
    }

    /** With the standard timeouts, unless the address has others. */
    public static SqlSettings of(String url, Optional<String> user, Optional<Secret> password) {
        return new SqlSettings(url, user, password, QUERY_TIMEOUT.standard(), CONNECT_TIMEOUT.standard());
    }

    /** An address with all in it, or one that needs no user. */
    public static SqlSettings of(String url) {
        return of(url, Optional.empty(), Optional.empty());
    }

    /**
     * What stands below a prefix such as {@code writer.sql}. {@code --check-config} shows what is in use: the address without
     * its secrets, and what the address itself says of the rest.
     */
    public static SqlSettings from(Settings settings, String prefix) {
        Secret url = settings.require(URL.below(prefix), Secret.of(""));
        Optional<String> user = settings.find(USER.below(prefix));
        Optional<Secret> password = settings.find(PASSWORD.below(prefix));
        Duration query = settings.get(QUERY_TIMEOUT.below(prefix));
        Duration connect = settings.get(CONNECT_TIMEOUT.below(prefix));
        SqlSettings sql = new SqlSettings(url.reveal(), user, password, query, connect);
        settings.inUse(URL.below(prefix), JdbcUrl.parse(sql.url).toMaskedText());
        String address = URL.below(prefix).name();
        settings.inUse(USER.below(prefix), sql.user.orElse(""), address);
        settings.inUse(PASSWORD.below(prefix), sql.password.map(_ -> Secret.MASK).orElse(""), address);
        settings.inUse(QUERY_TIMEOUT.below(prefix), QUERY_TIMEOUT.format(sql.queryTimeout), address);
        settings.inUse(CONNECT_TIMEOUT.below(prefix), CONNECT_TIMEOUT.format(sql.connectTimeout), address);
        return sql;
    }

    /** The database and its server, for people: {@code database tokens on sql.example.com:1433}; no user, no secret. */
    public String place() {
        JdbcUrl parsed = JdbcUrl.parse(url);
        String base = BEFORE_THE_SERVER.matcher(parsed.base()).replaceFirst("");
        String port = parsed.find("portNumber").map(number -> ":" + number).orElse("");
        String server = base.isEmpty() ? parsed.find("serverName").orElse("localhost") + port : base;
        return parsed.find("databaseName").or(() -> parsed.find("database"))
                .map(name -> "database " + name + " on " + server).orElse("database " + server);
    }

    /**
     * The same for work that takes as long as it takes, such as the making of an index: no statement is given up, and no answer.
     * What ends such a connection is its server, or the network's word that it is gone; locks of others are waited for as before.
     */
    public SqlSettings unhurried() {
        if (dialect() != Dialect.SQL_SERVER) {
            return this;
        }
        JdbcUrl patient = JdbcUrl.parse(url);
        patient.set("queryTimeout", "0");
        patient.set("socketTimeout", "0");
        return new SqlSettings(patient.toText(), user, password, queryTimeout, connectTimeout, remarks);
    }

    /** The same for questions of which each may take so long, whatever the address says. */
    public SqlSettings unhurried(Duration longest) {
        JdbcUrl patient = JdbcUrl.parse(unhurried().url);
        if (dialect() == Dialect.SQLITE) {
            var _ = patient.remove("queryTimeout");
        }
        return new SqlSettings(patient.toText(), user, password, longest, connectTimeout, remarks);
    }

    public Dialect dialect() {
        return Dialect.of(url);
    }

    /** Without any secret; the URL itself may hold those of a trust store or of a token, which only the driver reads. */
    @Override
    public String toString() {
        return "SqlSettings[url=" + JdbcUrl.parse(url).toMaskedText() + ", user=" + user + ", password=" + password
                + ", queryTimeout=" + queryTimeout + ", connectTimeout=" + connectTimeout + "]";
    }

    /** Whoever can put himself between is believed to be the server, and gets the password. */
    private static List<String> unchecked(JdbcUrl url) {
        boolean trusted = url.find("trustServerCertificate").filter("true"::equalsIgnoreCase).isPresent();
        return Dialect.of(url.toText()) == Dialect.SQL_SERVER && trusted ? List.of(UNCHECKED) : List.of();
    }

    private static void addDefaults(JdbcUrl url, Duration queryTimeout, Duration connectTimeout) {
        url.setDefault("encrypt", "true");
        url.setDefault("trustServerCertificate", "false");
        url.setDefault("loginTimeout", seconds(connectTimeout));
        // The one layer that retries is ours.
        url.setDefault("connectRetryCount", "0");
        url.setDefault("queryTimeout", seconds(queryTimeout));
        url.setDefault("cancelQueryTimeout", "10");
        url.setDefault("lockTimeout", "30000");
        url.setDefault("socketTimeout", Long.toString(queryTimeout.plus(SOCKET_GRACE).toMillis()));
        url.setDefault("applicationName", "tokensync");
    }

    /** What the address says of a timeout, in whole seconds; else what is given. */
    private static Duration timeout(JdbcUrl url, String property, Duration given) {
        return url.find(property).filter(text -> SECONDS.matcher(text).matches()).map(Long::parseLong)
                .map(Duration::ofSeconds).orElse(given);
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private static void requireSeconds(String what, Duration duration) {
        if (duration.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("the " + what + " of the database must be at least 1s");
        }
    }
}

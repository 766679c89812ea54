package io.tokensync.scanner.source.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.postgresql.PGProperty;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.postgres.PostgresSettings.Login;
import io.tokensync.scanner.source.postgres.PostgresSettings.SslMode;

/** The one connection to a node's database, kept between scans; made anew when it is lost. */
final class PostgresConnection implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration LIFETIME = Duration.ofMinutes(25);
    /** Beyond the statement's own timeout, so that the server's answer to a cancel still arrives. */
    private static final Duration SOCKET_GRACE = Duration.ofSeconds(10);

    /** Whoever writes a node's configuration chooses the server, which must not learn the password by asking for it. */
    private static final String WITHOUT_THE_PASSWORD = "scram-sha-256,none";

    private final Path file;
    private final Address address;
    private final HikariDataSource pool;

    /** What a connection is made by; another one makes another connection. */
    record Address(String url, Login login) {}

    /** Something done on a connection, in a transaction that reads. */
    @FunctionalInterface
    interface Reading<T> {
        T read(Connection connection) throws SQLException;
    }

    PostgresConnection(Path file, Address address, PostgresSettings settings) {
        this.file = file;
        this.address = address;
        HikariConfig config = new HikariConfig();
        config.setPoolName("node-" + file.getParent().getFileName());
        config.setJdbcUrl(address.url());
        config.setDataSourceProperties(properties(address.login(), settings));
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setMaxLifetime(LIFETIME.toMillis());
        config.setConnectionTimeout(settings.timeouts().connect().toMillis());
        config.setValidationTimeout(Math.min(config.getValidationTimeout(), config.getConnectionTimeout()));
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setConnectionInitSql(init(settings));
        // Committed by itself: with the first transaction that fails the timeouts would be rolled back too.
        config.setIsolateInternalQueries(true);
        this.pool = new HikariDataSource(config);
    }

    /** Where a node's database is, and as whom the agent goes there. */
    static Address address(Path file, PostgresSettings settings) throws DatabaseProblemException {
        Path node = file.getParent();
        NodeConfig config = NodeConfig.read(file);
        String place = settings.node(node).address().orElseGet(config::place);
        try {
            return new Address("jdbc:postgresql://" + place, settings.login(node));
        } catch (IOException e) {
            throw new DatabaseProblemException(new Problem(ProblemKind.POSTGRES_LOGIN, file,
                    "the file with its password cannot be read (" + e.getClass().getSimpleName() + ")"), e);
        }
    }

    boolean isOf(Address other) {
        return address.equals(other);
    }

    /** Reads in one transaction, which ends with it. */
    <T> T read(Reading<T> reading) throws DatabaseProblemException {
        try (Connection connection = pool.getConnection()) {
            T read = reading.read(connection);
            connection.commit();
            return read;
        } catch (SQLException e) {
            throw PostgresFailure.of(file, e);
        }
    }

    /** Names by number of one of the node's small tables; none when it has no such table. */
    static Map<String, String> names(Connection connection, String schema, String table) throws SQLException {
        Map<String, String> names = new HashMap<>();
        String name = PostgresTable.quoted(schema) + "." + PostgresTable.quoted(table);
        try (PreparedStatement look = connection.prepareStatement(
                "SELECT coalesce(has_table_privilege(to_regclass(?), 'SELECT'), false)")) {
            look.setString(1, name);
            try (ResultSet row = look.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    return names;
                }
            }
        }
        try (PreparedStatement statement = connection
                .prepareStatement("SELECT id::text, left(name::text, 50) FROM " + name + " LIMIT 1000");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                names.put(rows.getString(1), Objects.toString(rows.getString(2), "").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static Properties properties(Login login, PostgresSettings settings) {
        Properties properties = new Properties();
        login.user().ifPresent(user -> PGProperty.USER.set(properties, user));
        login.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password.reveal()));
        PGProperty.APPLICATION_NAME.set(properties, "tokensync-scanner");
        if (settings.sslMode() != SslMode.VERIFY_FULL) {
            PGProperty.REQUIRE_AUTH.set(properties, WITHOUT_THE_PASSWORD);
        }
        PGProperty.SSL_MODE.set(properties, settings.sslMode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        settings.sslRootCertificate()
                .ifPresent(path -> PGProperty.SSL_ROOT_CERT.set(properties, Objects.toString(path)));
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) Math.max(1, settings.timeouts().connect().toSeconds()));
        PGProperty.LOGIN_TIMEOUT.set(properties, (int) Math.max(1, settings.timeouts().connect().toSeconds()));
        PGProperty.SOCKET_TIMEOUT.set(properties,
                (int) settings.timeouts().statement().plus(SOCKET_GRACE).toSeconds());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // nothing but what the statements name: a node's own functions are not called
        PGProperty.CURRENT_SCHEMA.set(properties, "pg_catalog");
        return properties;
    }

    private static String init(PostgresSettings settings) {
        return "SET statement_timeout = " + settings.timeouts().statement().toMillis() + "; SET lock_timeout = "
                + settings.timeouts().lock().toMillis() + "; SET idle_in_transaction_session_timeout = "
                + settings.timeouts().statement().toMillis() + "; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'"
                + "; SET max_parallel_workers_per_gather = 0; SET jit = off";
    }
}

package io.tokensync.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Assumptions;

import io.tokensync.testkit.tls.TlsCertificate;

/**
 * A PostgreSQL on a free port of 127.0.0.1, with a data directory of its own, which a test may stop, kill and restart.
 * Where none can be started, the test is skipped with the reason. It ends with this JVM, however that ends.
 *
 * <p>Its version is that of the binaries on the class path: {@code -Dpostgres.version=16.15.0} for Maven. Its collation is
 * linguistic (ICU, en-US), as that of the nodes' databases is: an order that only bytes have fails here too.
 */
public final class PostgresServer implements AutoCloseable {
    /** The superuser. */
    public static final String USER = "postgres";
    /** Password of {@link #USER}. */
    public static final String PASSWORD = "superuser-secret";

    private static final String HOST = "127.0.0.1";
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int LOGIN_SECONDS = 10;

    private final PostgresInstallation installation;
    private final List<String> arguments;
    private final int port;
    private PostgresProcess process;

    private PostgresServer(PostgresInstallation installation, int port, Map<String, String> settings) {
        this.installation = installation;
        this.port = port;
        this.arguments = new ArrayList<>(List.of("-c", "listen_addresses=" + HOST, "-c", "port=" + port, "-c",
                "unix_socket_directories=", "-c", "fsync=off"));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + '=' + value)));
    }

    /** Starts one with its own settings, but without syncing to disk: the end of a process loses nothing by that. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /**
     * Starts one as {@link #start()} does.
     *
     * @param settings as in postgresql.conf; they outlive restarts
     */
    public static PostgresServer start(Map<String, String> settings) {
        return started(new PostgresServer(installation(), freePort(), settings));
    }

    /** Starts one as {@link #start()} does; empty where none can run on this machine. */
    public static Optional<PostgresServer> startWherePossible() {
        try {
            return Optional.of(
                    started(new PostgresServer(PostgresInstallation.create(USER, PASSWORD), freePort(), Map.of())));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Starts one as {@link #start()} does, that takes encrypted connections as well. */
    public static PostgresServer startWithTls(TlsCertificate certificate) {
        PostgresInstallation installation = installation();
        try {
            PostgresServer server = new PostgresServer(installation, freePort(), Map.of("ssl", "on", "ssl_cert_file",
                    installation.secretFile("server.crt", certificate.pem()), "ssl_key_file",
                    installation.secretFile("server.key", certificate.keyPem())));
            return started(server);
        } catch (IOException e) {
            installation.delete();
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresServer started(PostgresServer server) {
        try {
            server.restart();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    /** JDBC address of a database, without a login. */
    public String url(String database) {
        return "jdbc:postgresql://" + HOST + ':' + port + '/' + database;
    }

    /** Logs the superuser in to a database; {@link #USER} has one of its name. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?connectTimeout=" + LOGIN_SECONDS, USER, PASSWORD);
    }

    /** Runs statements as the superuser, each in a transaction of its own. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect(USER); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Makes a role that can log in with a password. */
    public void createRole(String name, String password) throws SQLException {
        execute("CREATE ROLE \"" + name + "\" LOGIN PASSWORD '" + password + '\'');
    }

    /** Makes an empty database of an owner. */
    public void createDatabase(String name, String owner) throws SQLException {
        execute("CREATE DATABASE \"" + name + "\" OWNER \"" + owner + '"');
    }

    /** Changes a setting that the server takes over while it runs; it outlives restarts. */
    public void set(String setting, String value) throws SQLException {
        execute("ALTER SYSTEM SET " + setting + " = '" + value + '\'', "SELECT pg_reload_conf()");
    }

    /** Says how every login is to prove who it is: {@code password} for one in clear text. */
    public void authenticateBy(String method) throws SQLException {
        try {
            installation.authenticateBy(method);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute("SELECT pg_reload_conf()");
    }

    /** Keeps a copy of its data, for {@link #failOver}; it is stopped and started for that. */
    public void backUp() {
        stop();
        try {
            installation.backUp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    /** Dies, and another server with the data of the copy takes its place: what was committed since is lost. */
    public void failOver() {
        kill();
        try {
            installation.restore();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    /** Stops it in order: sessions are ended, what is committed is in the data files. */
    public void stop() {
        process.stop();
    }

    /** Ends all its processes on the spot, as a power cut would. */
    public void kill() {
        process.kill();
    }

    /** Starts it again after {@link #stop} or {@link #kill}, with its data, on its port; returns when it takes logins. */
    public void restart() {
        process = PostgresProcess.start(installation, arguments);
        try {
            awaitLogins();
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    /** Stops it and deletes its data. */
    @Override
    public void close() {
        if (process != null) {
            process.stop();
        }
        installation.delete();
    }

    /** With nothing but the JDK: benchmarks run it too, and without the libraries of tests. */
    private void awaitLogins() {
        long begin = System.nanoTime();
        while (!takesLogins()) {
            if (System.nanoTime() - begin >= START.toNanos()) {
                throw new IllegalStateException("PostgreSQL takes no logins: " + installation.log());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean takesLogins() {
        if (!process.isAlive()) {
            throw new IllegalStateException("PostgreSQL has ended while it started: " + installation.log());
        }
        try (Connection _ = connect(USER)) {
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    private static PostgresInstallation installation() {
        try {
            return PostgresInstallation.create(USER, PASSWORD);
        } catch (IOException e) {
            return Assumptions.abort("SKIPPED: PostgreSQL cannot run on this machine: " + e.getMessage());
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

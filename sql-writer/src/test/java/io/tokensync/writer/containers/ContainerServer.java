package io.tokensync.writer.containers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.testcontainers.containers.Network;
import org.testcontainers.mssqlserver.MSSQLServerContainer;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.SqlSettings;

/** Microsoft's SQL Server in a container, one for the whole run, which ends with it. */
public final class ContainerServer {
    /** Name and port among containers. */
    public static final String ADDRESS = "sql:1433";
    public static final Network NETWORK = Network.newNetwork();

    private static final MSSQLServerContainer SERVER = started();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private ContainerServer() {}

    /** A new database with nothing in it. */
    public static SqlSettings newDatabase() {
        return at(SERVER.getHost(), SERVER.getMappedPort(MSSQLServerContainer.MS_SQL_SERVER_PORT), create());
    }

    /** A new database, reached through another address. */
    public static SqlSettings newDatabase(String host, int port) {
        return at(host, port, create());
    }

    public static MSSQLServerContainer container() {
        return SERVER;
    }

    private static MSSQLServerContainer started() {
        MSSQLServerContainer server = new MSSQLServerContainer("mcr.microsoft.com/mssql/server:2022-latest")
                .acceptLicense().withNetwork(NETWORK).withNetworkAliases("sql");
        server.start();
        return server;
    }

    private static String create() {
        String name = "tokens" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(
                SERVER.getJdbcUrl() + ";encrypt=true;trustServerCertificate=true", SERVER.getUsername(),
                SERVER.getPassword()); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("no database in the container", e);
        }
    }

    private static SqlSettings at(String host, int port, String database) {
        return SqlSettings.of(
                "jdbc:sqlserver://" + host + ":" + port + ";databaseName=" + database
                        + ";encrypt=true;trustServerCertificate=true",
                Optional.of(SERVER.getUsername()), Optional.of(Secret.of(SERVER.getPassword())));
    }
}

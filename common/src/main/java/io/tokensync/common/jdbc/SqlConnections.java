package io.tokensync.common.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import io.tokensync.common.config.Secret;

/** Makes connections to a database, each with one try. */
public final class SqlConnections {
    private SqlConnections() {}

    /** A connection that commits by itself; in the place of a file's own {@code main} it has it as {@code dbo}. */
    public static Connection open(SqlSettings settings) throws SQLException {
        return settings.dialect() == Dialect.SQLITE ? SqliteFile.of(settings).asDbo() : viaDriver(settings);
    }

    /** As {@link #open}, for whoever writes thousands of rows in a transaction. */
    public static Connection openForBatches(SqlSettings settings) throws SQLException {
        return settings.dialect() == Dialect.SQLITE
                ? SqliteFile.of(settings).asDboForBatches()
                : viaDriver(settings);
    }

    /** As {@link #open}, for whoever only reads. */
    public static Connection openToRead(SqlSettings settings) throws SQLException {
        if (settings.dialect() == Dialect.SQLITE) {
            return SqliteFile.of(settings).asDboToRead();
        }
        Connection connection = viaDriver(settings);
        try {
            connection.setReadOnly(true);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection viaDriver(SqlSettings settings) throws SQLException {
        Properties login = new Properties();
        settings.user().ifPresent(user -> login.setProperty("user", user));
        settings.password().map(Secret::reveal).ifPresent(password -> login.setProperty("password", password));
        return DriverManager.getConnection(settings.url(), login);
    }
}

package io.tokensync.tds.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;

import io.tokensync.tds.sql.TableFunctions;

/** The data of one endpoint: an H2 database in memory, in SQL Server mode, that outlives all its connections. */
public final class Database implements AutoCloseable {
    /** The one database of the endpoint, whatever name a client asks for. */
    public static final String NAME = "tokens";

    private static final String OPTIONS = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;OPTIMIZE_REUSE_RESULTS=0"
            + ";NON_KEYWORDS=VALUE,DAY,HOUR,MINUTE,MONTH,SECOND,YEAR;LOCK_TIMEOUT=" + LockWait.SLICE_MILLIS;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + OPTIONS;
    private final AtomicLong schemaVersion = new AtomicLong();
    private final ApplicationLocks locks = new ApplicationLocks();
    private final TableFunctions functions = new TableFunctions();

    public Database() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : SystemObjects.SCRIPT) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("H2 rejects to make the database: " + e.getMessage(), e);
        }
    }

    /** Connections of H2 itself, whose changes of the schema no session would notice. */
    public DataSource data() {
        JdbcDataSource data = new JdbcDataSource();
        data.setURL(url);
        return data;
    }

    /** A connection like a new session has it. */
    Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        connection.setSchema("dbo");
        return connection;
    }

    /** Counts the changes of the schema, so that what sessions remember of it can be told stale. */
    AtomicLong schemaVersion() {
        return schemaVersion;
    }

    TableFunctions functions() {
        return functions;
    }

    ApplicationLocks locks() {
        return locks;
    }

    @Override
    public void close() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException("H2 rejects to shut down: " + e.getMessage(), e);
        }
    }
}

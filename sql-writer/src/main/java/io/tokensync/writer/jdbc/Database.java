package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.SqlFailure;

/**
 * The database of the writer: a pool of at most one connection for each thread and one to spare. Opening it does not connect, so
 * that a writer can start while its database is away.
 */
public final class Database implements AutoCloseable {
    private static final int SPARE = 1;
    /** Below the half hour after which Azure's gateway drops a connection without a word. */
    private static final Duration LIFETIME = Duration.ofMinutes(20);
    private static final Duration KEEPALIVE = Duration.ofMinutes(2);
    private static final Duration VALIDATION = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private final SqlSettings settings;
    private final HikariDataSource pool;

    private Database(SqlSettings settings, HikariDataSource pool) {
        this.settings = settings;
        this.pool = pool;
    }

    /**
     * Opens the pool.
     *
     * @param threads how many threads write at a time
     */
    public static Database open(SqlSettings settings, int threads) {
        settings.remarks()
                .forEach(remark -> log.atInfo().setMessage("the database address").addKeyValue("remark", remark)
                        .log());
        HikariConfig config = new HikariConfig();
        config.setPoolName("tokensync-sql");
        config.setJdbcUrl(settings.url());
        settings.user().ifPresent(config::setUsername);
        settings.password().map(Secret::reveal).ifPresent(config::setPassword);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(threads + SPARE);
        // A pool that fills itself up would knock at a database that is away, beside the layer that retries.
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setMaxLifetime(LIFETIME.toMillis());
        config.setKeepaliveTime(KEEPALIVE.toMillis());
        config.setValidationTimeout(Math.min(VALIDATION.toMillis(), settings.connectTimeout().toMillis()));
        return new Database(settings, new HikariDataSource(config));
    }

    public Dialect dialect() {
        return settings.dialect();
    }

    /** For the schema and for reading. Its connections do not commit by themselves. */
    public DataSource dataSource() {
        return pool;
    }

    /** What the database's failures mean. */
    public SqlFailureClassifier classifier() {
        return dialect() == Dialect.H2 ? SqlFailureClassifier.h2() : SqlFailureClassifier.sqlServer();
    }

    /** A failure of this database, classified. */
    public SqlFailure failure(Exception cause) {
        return classifier().toFailure(cause);
    }

    /** A writer for one thread: each of its calls is one transaction, neither repeated nor divided. */
    public BatchWriter batchWriter() {
        int timeoutSeconds = Math.toIntExact(settings.queryTimeout().toSeconds());
        return new StagedBatchWriter(new Pooled(), stage(timeoutSeconds), classifier());
    }

    private Stage stage(int timeoutSeconds) {
        return dialect() == Dialect.H2 ? new H2Stage() : new SqlServerStage(timeoutSeconds);
    }

    @Override
    public void close() {
        pool.close();
    }

    private final class Pooled implements Connections {
        @Override
        public Connection open() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void discard(Connection connection) {
            pool.evictConnection(connection);
        }
    }
}

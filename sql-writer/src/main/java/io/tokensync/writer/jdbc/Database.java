package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.config.Secret;
import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.account.AccountWriter;
import io.tokensync.writer.account.EndedSessions;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.SqlFailure;

/**
 * The database of the writer: a pool with one connection for each thread that writes. Opening it does not connect, so that a
 * writer can start while its database is away, and nothing of it tries again by itself.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    /** For the accounts, and for whoever asks beside the writers. */
    private static final int SPARE = 2;

    private final SqlSettings settings;
    private final SqlFailureClassifier classifier;
    private final WriteListener listener;
    private final int threads;
    private final Pool pool;
    private volatile boolean closed;

    private Database(SqlSettings settings, int threads, SqlFailureClassifier classifier, WriteListener listener,
            Optional<MeterRegistry> registry) {
        this.settings = settings;
        this.threads = threads;
        this.classifier = classifier;
        this.listener = listener;
        this.pool = new Pool(settings, threads + SPARE, this::newConnection, listener, registry);
    }

    /**
     * Opens the database.
     *
     * @param threads how many threads use it at a time
     */
    public static Database open(SqlSettings settings, int threads) {
        return open(settings, threads, SqlErrorOverrides.NONE, WriteListener.NONE, Optional.empty());
    }

    /** As above; error numbers may mean something else here, somebody hears what happens, and the pool is measured. */
    public static Database open(SqlSettings settings, int threads, SqlErrorOverrides errors, WriteListener listener,
            Optional<MeterRegistry> registry) {
        settings.remarks()
                .forEach(remark -> log.atInfo().setMessage("the database address").addKeyValue("remark", remark)
                        .log());
        return new Database(settings, threads, SqlFailureClassifier.of(settings.dialect(), errors), listener, registry);
    }

    public Dialect dialect() {
        return settings.dialect();
    }

    /** While the circuit breaker is open, whoever borrows hears the last failure, and no login is tried for him. */
    public void holdWhile(BooleanSupplier breakerOpen) {
        pool.holdWhile(breakerOpen);
    }

    /** The pool, without auto-commit; whoever borrows from it hears why a login failed, after one try. */
    public DataSource dataSource() {
        return (ConnectionSource) pool::take;
    }

    /** A connection of the caller's own, made with one try, without auto-commit. */
    public Connection connect() throws SqlFailure {
        try {
            return newConnection();
        } catch (SQLException | RuntimeException e) {
            throw classifier.atConnect(e);
        }
    }

    /** Asks whether the database answers: connects and ends. */
    public void ask() throws SqlFailure {
        try (Connection connection = connect()) {
            connection.rollback();
        } catch (SQLException e) {
            throw classifier.atConnect(e);
        }
    }

    /** Makes the connections of all writers now; a failure is left for their first batches. */
    public void warmUp() {
        List<Connection> taken = new ArrayList<>();
        try {
            for (int thread = 0; thread < threads; thread++) {
                taken.add(pool.take());
            }
        } catch (SQLException | RuntimeException e) { // a driver's library may throw anything
            log.atDebug().setMessage("not connected before the first batch").setCause(e).log();
        } finally {
            taken.forEach(pool::giveBack);
        }
    }

    /** What the database's failures mean. */
    public SqlFailureClassifier classifier() {
        return classifier;
    }

    /** A failure of this database, classified. */
    public SqlFailure failure(Exception cause) {
        return classifier.toFailure(cause);
    }

    /** A writer for one thread: each of its calls is one transaction, neither repeated nor divided. */
    public BatchWriter batchWriter() {
        int timeoutSeconds = Math.toIntExact(settings.queryTimeout().toSeconds());
        return new StagedBatchWriter(pool, stage(timeoutSeconds), classifier, listener, logBytes());
    }

    private LogBytes logBytes() {
        return dialect() == Dialect.H2
                ? LogBytes.NONE
                : new LogBytes(SqlText.of("sqlserver/optional.sql").part("log_bytes"), System::nanoTime);
    }

    /** A writer of the monitor's accounts for one thread: each of its calls is one transaction, not repeated. */
    public AccountWriter accountWriter() {
        return guarded();
    }

    /** The rows of sessions that have come to their end, for one thread. */
    public EndedSessions endedSessions() {
        return guarded();
    }

    private GuardedAccountWriter guarded() {
        return new GuardedAccountWriter(pool, classifier, Math.toIntExact(settings.queryTimeout().toSeconds()));
    }

    private Stage stage(int timeoutSeconds) {
        return dialect() == Dialect.H2 ? new H2Stage() : new SqlServerStage(timeoutSeconds);
    }

    private Connection newConnection() throws SQLException {
        if (closed) {
            throw new IllegalStateException("no connection: the database has been closed by its owner");
        }
        Properties login = new Properties();
        settings.user().ifPresent(user -> login.setProperty("user", user));
        settings.password().map(Secret::reveal).ifPresent(password -> login.setProperty("password", password));
        Connection connection = DriverManager.getConnection(settings.url(), login);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }
}

package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.jdbc.SqliteFile;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.expiry.OldRows;
import io.tokensync.writer.session.SessionWriter;

/**
 * The database of the writer: one connection for each thread that writes, and a pool for whoever else asks. Opening it does
 * not connect, so that a writer can start while its database is away, and nothing of it tries again by itself.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    /** Well below the four minutes after which Azure's network forgets a connection at rest. */
    private static final long KEEPALIVE_SECONDS = 120;

    private final SqlSettings settings;
    private final SqlFailureClassifier classifier;
    private final WriteListener listener;
    private final int threads;
    private final List<DedicatedConnection> dedicated = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService keeper = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("tokensync-sql-keeper").factory());
    private HikariDataSource pool;

    /** A way to connect. */
    private interface Opening {
        Connection open(SqlSettings settings) throws SQLException;
    }

    private Database(SqlSettings settings, int threads, SqlFailureClassifier classifier, WriteListener listener) {
        this.settings = settings;
        this.threads = threads;
        this.classifier = classifier;
        this.listener = listener;
    }

    /**
     * Opens the database.
     *
     * @param threads how many threads use it at a time
     */
    public static Database open(SqlSettings settings, int threads) {
        return open(settings, threads, SqlErrorOverrides.NONE, WriteListener.NONE);
    }

    /** As above; error numbers may mean something else here, and somebody hears what happens. */
    public static Database open(SqlSettings settings, int threads, SqlErrorOverrides errors, WriteListener listener) {
        settings.remarks()
                .forEach(remark -> log.atInfo().setMessage("the database address").addKeyValue("remark", remark)
                        .log());
        Database database = new Database(settings, threads, SqlFailureClassifier.of(settings.dialect(), errors),
                listener);
        var _ = database.keeper.scheduleWithFixedDelay(() -> database.dedicated.forEach(DedicatedConnection::keepAlive),
                KEEPALIVE_SECONDS, KEEPALIVE_SECONDS, TimeUnit.SECONDS);
        return database;
    }

    public Dialect dialect() {
        return settings.dialect();
    }

    /** For migrations and for the operator's commands: a pool, made when it is first asked for, without auto-commit. */
    public synchronized DataSource dataSource() {
        if (pool == null) {
            pool = Pool.of(settings, threads);
        }
        return pool;
    }

    /** Where connections for the scripts of the schema come from. */
    public DataSource scriptSource() {
        return dialect() == Dialect.SQLITE ? new ConnectionSource(SqliteFile.of(settings)::itself) : dataSource();
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
        dedicated.forEach(DedicatedConnection::warmUp);
    }

    /** What the database's failures mean. */
    public SqlFailureClassifier classifier() {
        return classifier;
    }

    /** A failure of this database, classified. */
    public SqlFailure failure(Exception cause) {
        return classifier.toFailure(cause);
    }

    /** As {@link #failure}, of a statement without any value of a row: what nobody knows is said in the database's own words. */
    public SqlFailure definitionFailure(Exception cause) {
        return classifier.ofDefinition(cause);
    }

    /** A writer for one thread: each of its calls is one transaction, neither repeated nor divided. It writes the history. */
    public BatchWriter batchWriter() {
        return batchWriter(true);
    }

    /**
     * As {@link #batchWriter()}.
     *
     * @param history whether it writes into {@code TokenHistory}, which otherwise need not be there
     */
    public BatchWriter batchWriter(boolean history) {
        DedicatedConnection connection = dedicated(() -> connected(SqlConnections::openForBatches));
        int timeoutSeconds = Math.toIntExact(settings.queryTimeout().toSeconds());
        return new StagedBatchWriter(connection, stage(timeoutSeconds, history), classifier, listener, logBytes(),
                history);
    }

    private LogBytes logBytes() {
        return dialect() == Dialect.SQL_SERVER
                ? new LogBytes(SqlText.of("sqlserver/optional.sql").part("log_bytes"), System::nanoTime)
                : LogBytes.NONE;
    }

    /** A writer of the monitor's accounts for one thread: each of its calls is one transaction, not repeated. */
    public SessionWriter summaryWriter() {
        return guarded();
    }

    /** The rows of sessions that have come to their end, for one thread. */
    public OldRows endedSessions() {
        return guarded();
    }

    /** Versions in the history that newer ones have superseded, for one thread. */
    public OldRows oldVersions() {
        return new HistoryPruning(transactions(), dialect(), Math.toIntExact(settings.queryTimeout().toSeconds()));
    }

    /** Transactions on the one connection of a thread, made when it is first needed and looked after while it rests. */
    public GuardedTransactions transactions() {
        return new GuardedTransactions(dedicated(this::newConnection), classifier);
    }

    private DedicatedConnection dedicated(DedicatedConnection.Source source) {
        DedicatedConnection connection = new DedicatedConnection(source, listener, System::nanoTime);
        dedicated.add(connection);
        return connection;
    }

    private GuardedSessionWriter guarded() {
        return new GuardedSessionWriter(transactions(), dialect(),
                Math.toIntExact(settings.queryTimeout().toSeconds()));
    }

    private StagingTable stage(int timeoutSeconds, boolean history) {
        return switch (dialect()) {
            case SQL_SERVER -> new SqlServerStagingTable(timeoutSeconds, history);
            case SQLITE -> new SqliteStagingTable(history);
        };
    }

    private Connection newConnection() throws SQLException {
        return connected(SqlConnections::open);
    }

    private Connection connected(Opening opening) throws SQLException {
        if (keeper.isShutdown()) {
            throw new IllegalStateException("no connection: the database has been closed by its owner");
        }
        Connection connection = opening.open(settings);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    @Override
    public synchronized void close() {
        keeper.shutdownNow();
        dedicated.forEach(DedicatedConnection::close);
        if (pool != null) {
            pool.close();
        }
    }
}

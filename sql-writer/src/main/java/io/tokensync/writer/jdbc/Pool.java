package io.tokensync.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;

import io.tokensync.common.jdbc.Dialect;
import io.tokensync.common.jdbc.SqlSettings;

/**
 * HikariCP, which repeats a login that failed and tells of it late, over a source that does not: after a failure each
 * repetition meets that failure again, without the network, until somebody borrows anew and the circuit breaker is closed.
 * Whoever borrows hears the failure itself. Thread-safe.
 */
final class Pool implements Connections, AutoCloseable {
    /** Below the half hour after which Azure's gateway drops a connection without a word. */
    private static final Duration LIFETIME = Duration.ofMinutes(20);
    /** Well below the four minutes after which Azure's network forgets a connection at rest. */
    private static final Duration KEEPALIVE = Duration.ofMinutes(2);
    private static final Duration VALIDATION = Duration.ofSeconds(5);
    /** The shortest that HikariCP takes: it tells of no failure before. */
    private static final Duration REPORT = Duration.ofMillis(250);
    /** Beyond what a transaction of the writer may take; a take-over may have a connection for hours. */
    private static final Duration LEAK = Duration.ofMinutes(10);

    private final ConnectionSource source;
    private final WriteListener listener;
    private final Duration longest;
    private final HikariDataSource pool;
    private volatile BooleanSupplier held = () -> false;
    private volatile Exception failure;

    /**
     * @param size the most connections at a time
     * @param source makes connections, with one try
     * @param registry of a service that is measured, and whose connections come back soon; empty for a command
     */
    Pool(SqlSettings settings, int size, ConnectionSource source, WriteListener listener,
            Optional<MeterRegistry> registry) {
        this.source = source;
        this.listener = listener;
        this.longest = settings.connectTimeout().plus(VALIDATION);
        this.pool = configured(size, settings.dialect());
        registry.ifPresent(measured -> {
            pool.setMetricRegistry(measured);
            pool.setLeakDetectionThreshold(LEAK.toMillis());
        });
    }

    /** HikariCP starts with the first borrower. */
    private HikariDataSource configured(int size, Dialect dialect) {
        HikariDataSource hikari = new HikariDataSource();
        hikari.setPoolName("tokensync-sql");
        hikari.setDataSource((ConnectionSource) this::connect);
        hikari.setAutoCommit(false);
        hikari.setMaximumPoolSize(size);
        // A pool that fills itself up would knock at a database that is away, though nobody asks.
        hikari.setMinimumIdle(0);
        hikari.setIdleTimeout(0);
        hikari.setInitializationFailTimeout(-1);
        hikari.setConnectionTimeout(REPORT.toMillis());
        hikari.setValidationTimeout(VALIDATION.toMillis());
        hikari.setMaxLifetime(LIFETIME.toMillis());
        // An embedded database has no gateway, and the end of the pool would interrupt whoever looks after its connection.
        hikari.setKeepaliveTime(dialect == Dialect.H2 ? 0 : KEEPALIVE.toMillis());
        return hikari;
    }

    /** No login for anybody who borrows while this is so, unless none has failed. */
    void holdWhile(BooleanSupplier breakerOpen) {
        held = breakerOpen;
    }

    /** Waits for as long as a login may take, in pieces between which the pool tells how it is. */
    @Override
    public Connection take() throws SQLException {
        if (!held.getAsBoolean()) {
            failure = null;
        }
        long begin = System.nanoTime();
        while (true) {
            if (pool.isClosed()) {
                // Work that outlives its bound must not open the database again behind whoever has closed it.
                throw new SQLNonTransientConnectionException("the database has been closed by its owner", "08003");
            }
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException e) {
                throwFailure();
                if (System.nanoTime() - begin > longest.toNanos()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void discard(Connection connection) {
        pool.evictConnection(connection);
    }

    @Override
    public void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            pool.evictConnection(connection);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private Connection connect() throws SQLException {
        throwFailure();
        try {
            Connection connection = source.getConnection();
            listener.created();
            return connection;
        } catch (SQLException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void throwFailure() throws SQLException {
        switch (failure) {
            case null -> {
            }
            case SQLException failed -> throw failed;
            case RuntimeException failed -> throw failed;
            default -> throw new IllegalStateException(failure);
        }
    }
}

package io.tokensync.writer.jdbc;

import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.tokensync.common.jdbc.SqlConnections;
import io.tokensync.common.jdbc.SqlSettings;

/** Connections for whoever asks many times and briefly. */
final class Pool {
    private static final int SPARE = 1;
    /** Below the half hour after which Azure's gateway drops a connection without a word. */
    private static final Duration LIFETIME = Duration.ofMinutes(20);
    private static final Duration KEEPALIVE = Duration.ofMinutes(2);
    private static final Duration VALIDATION = Duration.ofSeconds(5);

    private Pool() {}

    static HikariDataSource of(SqlSettings settings, int threads) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tokensync-sql");
        config.setDataSource(new ConnectionSource(() -> SqlConnections.open(settings)));
        config.setAutoCommit(false);
        config.setMaximumPoolSize(threads + SPARE);
        // A pool that fills itself up would knock at a database that is away, though nobody asks.
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setMaxLifetime(LIFETIME.toMillis());
        config.setKeepaliveTime(KEEPALIVE.toMillis());
        config.setValidationTimeout(Math.min(VALIDATION.toMillis(), settings.connectTimeout().toMillis()));
        return new HikariDataSource(config);
    }
}

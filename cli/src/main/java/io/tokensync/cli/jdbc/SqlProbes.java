package io.tokensync.cli.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.tokensync.cli.operator.Probe;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/** The five checks of the Python tool: connection, retry, concurrent connections, health, schema. */
public final class SqlProbes {
    private static final int ROUND_TRIPS = 10;
    private static final int FEWEST_TOGETHER = 2;
    private static final long TOGETHER_SECONDS = 60;
    private static final double MICROS = 1_000.0;

    private final Database database;
    private final int threads;
    private final Clock clock;

    /**
     * Checks on a database that stays the caller's.
     *
     * @param threads of the writer, each of which needs a connection
     */
    public SqlProbes(Database database, int threads, Clock clock) {
        this.database = database;
        this.threads = threads;
        this.clock = clock;
    }

    /** In the order in which they make sense. */
    public List<Probe> all() {
        return List.of(Probe.of("SQL connection", this::connection), Probe.of("SQL retry", this::retry),
                Probe.of("SQL concurrency", this::concurrency), Probe.of("SQL health", this::health),
                Probe.of("SQL schema", this::schema));
    }

    private String connection() throws SqlFailure, InterruptedException {
        return onConnection(connection -> {
            ask(connection);
            return connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
        });
    }

    /** A connection that has gone is replaced by one that works. */
    private String retry() throws SqlFailure, InterruptedException {
        var _ = onConnection(connection -> {
            connection.unwrap(Connection.class).abort(Runnable::run);
            try {
                ask(connection);
            } catch (SQLException _) {
                // That tells the pool.
            }
            return "";
        });
        return onConnection(connection -> {
            ask(connection);
            return "a lost connection was replaced";
        });
    }

    /** One connection alone would prove nothing. */
    private String concurrency() throws Exception {
        int together = Math.max(FEWEST_TOGETHER, threads);
        CountDownLatch all = new CountDownLatch(together);
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(together)) {
            for (int thread = 0; thread < together; thread++) {
                answers.add(executor.submit(() -> onConnection(connection -> {
                    all.countDown();
                    if (!all.await(TOGETHER_SECONDS, TimeUnit.SECONDS)) {
                        throw new SQLTimeoutException("not all connections could be had");
                    }
                    ask(connection);
                    return "";
                })));
            }
            for (Future<String> answer : answers) {
                answer.get();
            }
        }
        return together + " connections at a time; the writer needs " + threads;
    }

    private String health() throws SqlFailure, InterruptedException {
        return onConnection(connection -> {
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < ROUND_TRIPS; i++) {
                Instant start = clock.instant();
                ask(connection);
                times.add(Duration.between(start, clock.instant()));
            }
            times.sort(null);
            return String.format(Locale.ROOT, "%d round trips, median %.1f ms, slowest %.1f ms", ROUND_TRIPS,
                    millis(times.get(ROUND_TRIPS / 2)), millis(times.getLast()));
        });
    }

    private String schema() throws SqlFailure {
        List<String> missing = new Schema(database).missing();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(String.join("; ", missing));
        }
        return "tables, indexes and views are there";
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / MICROS / MICROS;
    }

    private interface Work {
        String on(Connection connection) throws SQLException, InterruptedException;
    }

    private String onConnection(Work work) throws SqlFailure, InterruptedException {
        try (Connection connection = database.dataSource().getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet one = statement.executeQuery("SELECT 1")) {
            one.next();
        }
    }
}

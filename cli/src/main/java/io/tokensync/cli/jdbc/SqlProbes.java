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
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeFailure;
import io.tokensync.cli.operator.ProbeGroup;
import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.schema.Schema;

/**
 * The five checks of the Python tool: connection, retry, concurrent connections, health, schema; and whether readers wait
 * for writers. Each makes its own
 * connections, with one try: a pool would knock again and again at what has rejected it.
 */
public final class SqlProbes {
    private static final int ROUND_TRIPS = 10;
    private static final int FEWEST_TOGETHER = 2;
    private static final long TOGETHER_SECONDS = 12;
    private static final double MICROS = 1_000.0;
    private static final int WRONG_LOGIN = 18456;
    private static final int NO_DATABASE = 4060;
    private static final int FIREWALL = 40615;
    private static final String MIGRATE = "run: tokensync schema migrate";
    private static final String NOT_THERE = "see host, port and firewall, and that the server runs";

    private final Database database;
    private final SqlSettings settings;
    private final Clock clock;

    /** Checks on a database that stays the caller's. */
    public SqlProbes(Database database, SqlSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a writer needs.
     *
     * @param threads of the writer, each of which needs a connection
     * @param makesTables whether tables that are missing are made by whoever starts
     */
    public ProbeGroup writer(int threads, boolean makesTables) {
        return new ProbeGroup(connection("SQL connection"), List.of(probe("SQL retry", this::retry),
                probe("SQL concurrency", () -> concurrency(threads)), probe("SQL health", this::health),
                probe("SQL schema", () -> schema(makesTables)), probe("SQL settings", this::settings)));
    }

    /** What an audit needs. */
    public ProbeGroup audit() {
        return new ProbeGroup(connection("audit connection"), List.of(probe("audit views", this::views)));
    }

    private Probe connection(String name) {
        return probe(name, () -> onConnection(connection -> {
            ask(connection, "SELECT 1");
            return connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
        }));
    }

    private Probe probe(String name, Probe.Attempt attempt) {
        return new Probe(name, settings.place(), NOT_THERE, () -> {
            try {
                return attempt.run();
            } catch (SqlFailure e) {
                throw new ProbeFailure(e.getMessage(), cure(e), e);
            }
        });
    }

    private static String cure(SqlFailure failure) {
        return switch (failure.number()) {
            case WRONG_LOGIN -> "see user and password, and that this login is one of this server";
            case NO_DATABASE -> "see the name of the database, and that this login may use it";
            case FIREWALL -> "let this machine's address in, in the server's firewall rules";
            default -> failure.isAway()
                    ? NOT_THERE
                    : "see what the database says, and the rights of the login"
                            + " (tokensync schema grants)";
        };
    }

    /** A connection that has gone is replaced by one that works. */
    private String retry() throws SqlFailure, InterruptedException {
        var _ = onConnection(connection -> {
            connection.abort(Runnable::run);
            return "";
        });
        return onConnection(connection -> {
            ask(connection, "SELECT 1");
            return "a lost connection was replaced";
        });
    }

    /** One connection alone would prove nothing. */
    private String concurrency(int threads) throws Exception {
        int together = Math.max(FEWEST_TOGETHER, threads);
        CountDownLatch all = new CountDownLatch(together);
        List<FutureTask<String>> answers = new ArrayList<>();
        for (int thread = 0; thread < together; thread++) {
            answers.add(start(() -> onConnection(connection -> {
                all.countDown();
                if (!all.await(TOGETHER_SECONDS, TimeUnit.SECONDS)) {
                    throw new SQLTimeoutException("not all connections could be had");
                }
                ask(connection, "SELECT 1");
                return "";
            })));
        }
        for (FutureTask<String> answer : answers) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof SqlFailure failure ? failure : e;
            }
        }
        return together + " connections at a time; the writer needs " + threads;
    }

    private String health() throws SqlFailure, InterruptedException {
        return onConnection(connection -> {
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < ROUND_TRIPS; i++) {
                Instant start = clock.instant();
                ask(connection, "SELECT 1");
                times.add(Duration.between(start, clock.instant()));
            }
            times.sort(null);
            return String.format(Locale.ROOT, "%d round trips, median %.1f ms, slowest %.1f ms", ROUND_TRIPS,
                    millis(times.get(ROUND_TRIPS / 2)), millis(times.getLast()));
        });
    }

    private String schema(boolean makesTables) throws SqlFailure, ProbeFailure {
        List<String> missing = new Schema(database).missing();
        if (missing.isEmpty()) {
            return "tables, indexes and views are there";
        }
        String all = String.join("; ", missing).replace("; " + MIGRATE, "");
        if (makesTables) {
            return "what is missing is made at the start: " + all;
        }
        throw new ProbeFailure(all, MIGRATE + " --config FILE");
    }

    private String settings() throws SqlFailure, ProbeFailure {
        List<Schema.Concern> concerns = new Schema(database).concerns();
        if (!concerns.isEmpty()) {
            throw ProbeFailure.warning(concerns.getFirst().finding(), concerns.getFirst().cure());
        }
        return "readers and writers do not wait for each other";
    }

    private String views() throws SqlFailure, InterruptedException {
        return onConnection(connection -> {
            ask(connection, "SELECT COUNT(*) FROM dbo.vw_Tokens WHERE 1 = 0");
            return "the views can be read";
        });
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / MICROS / MICROS;
    }

    private interface SqlCallable {
        String on(Connection connection) throws SQLException, InterruptedException;
    }

    private String onConnection(SqlCallable work) throws SqlFailure, InterruptedException {
        try (Connection connection = database.connect()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private static void ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet one = statement.executeQuery(question)) {
            one.next();
        }
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("tokensync-check").start(task);
        return task;
    }
}

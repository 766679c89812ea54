package io.tokensync.tds;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Occasion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ConcurrencyTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private SqlServerEndpoint endpoint;
    private Connection first;
    private Connection second;

    @BeforeEach
    void open() throws SQLException {
        endpoint = SqlServerEndpoint.start();
        first = connect("");
        second = connect("");
        execute(first, "CREATE TABLE dbo.T (id BIGINT NOT NULL PRIMARY KEY, n INT NOT NULL)");
        execute(first, "INSERT INTO dbo.T (id, n) VALUES (1, 0), (2, 0)");
        first.setAutoCommit(false);
        second.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        endpoint.close();
        first.close();
        second.close();
        threads.shutdownNow();
    }

    private Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(endpoint.jdbcUrl(false) + options, endpoint.user(), endpoint.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aLockThatIsNotHadInTimeIs1222() throws SQLException {
        execute(first, "UPDATE dbo.T SET n = 1 WHERE id = 1");
        execute(second, "SET LOCK_TIMEOUT 200");
        assertThatThrownBy(() -> execute(second, "UPDATE dbo.T SET n = 2 WHERE id = 1"))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1222));
        first.commit();
        execute(second, "UPDATE dbo.T SET n = 2 WHERE id = 1");
        second.commit();
    }

    @Test
    void aDeadlockHasOneVictimAndTheOtherGoesOn() throws Exception {
        execute(first, "UPDATE dbo.T SET n = 1 WHERE id = 1");
        execute(second, "UPDATE dbo.T SET n = 2 WHERE id = 2");
        List<Future<Integer>> both = List.of(threads.submit(() -> update(first, 2)),
                threads.submit(() -> update(second, 1)));
        List<Integer> errors = new ArrayList<>();
        for (Future<Integer> one : both) {
            errors.add(one.get());
        }
        assertThat(errors).containsExactlyInAnyOrder(0, 1205);
        assertThat(endpoint.record().rollbacks()).isEqualTo(1);
        first.commit();
        second.commit();
        assertThat(endpoint.record().commits()).isEqualTo(1);
    }

    private static int update(Connection connection, int id) {
        try {
            execute(connection, "UPDATE dbo.T SET n = n + 1 WHERE id = " + id);
            return 0;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }

    @Test
    void aWaitingStatementEndsWithItsQueryTimeout() throws SQLException {
        execute(first, "UPDATE dbo.T SET n = 1 WHERE id = 1");
        try (Statement statement = second.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("UPDATE dbo.T SET n = 2 WHERE id = 1"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY008"));
        }
        first.rollback();
        execute(second, "UPDATE dbo.T SET n = 2 WHERE id = 1");
        second.commit();
    }

    @Test
    void aStatementIsCancelledFromAnotherThread() throws Exception {
        try (Statement statement = first.createStatement()) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    statement.execute("WAITFOR DELAY '00:05:00'");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }, threads);
            await().until(() -> endpoint.record().statements("WAITFOR") == 1);
            statement.cancel();
            assertThatThrownBy(running::get).isInstanceOf(ExecutionException.class).hasRootCauseInstanceOf(
                    SQLException.class);
        }
        execute(first, "UPDATE dbo.T SET n = 9 WHERE id = 1");
        first.commit();
    }

    @Test
    void aPoolResetsSessionsAndReplacesTheOnesThatDied() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(endpoint.jdbcUrl(true));
        config.setUsername(endpoint.user());
        config.setPassword(endpoint.password());
        config.setMaximumPoolSize(2);
        config.setAutoCommit(false);
        config.setConnectionTimeout(Duration.ofSeconds(30).toMillis());
        try (HikariDataSource pool = new HikariDataSource(config)) {
            for (int i = 0; i < 3; i++) {
                try (Connection connection = pool.getConnection()) {
                    execute(connection, "UPDATE dbo.T SET n = n + 1 WHERE id = 1");
                    connection.commit();
                }
            }
            endpoint.killSessions();
            await().ignoreExceptionsInstanceOf(SQLException.class).untilAsserted(() -> {
                try (Connection connection = pool.getConnection()) {
                    execute(connection, "UPDATE dbo.T SET n = n + 1 WHERE id = 1");
                    connection.commit();
                }
            });
        }
        await().until(() -> endpoint.record().connectionsOpen() == 0);
    }

    @Test
    void anIdleConnectionThatDiesIsReportedAndNotReplacedUnseen() throws SQLException {
        try (Connection resilient = connect(";connectRetryCount=3;connectRetryInterval=1")) {
            execute(resilient, "CREATE TABLE #stage (id BIGINT)");
            endpoint.killSessions();
            assertThatThrownBy(() -> execute(resilient, "INSERT INTO #stage (id) VALUES (1)"))
                    .isInstanceOf(SQLException.class);
            assertThat(resilient.isValid(1)).isFalse();
        }
    }

    @Test
    void manyConnectionsWorkAtOnce() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 10; i < 40; i++) {
            int id = i;
            all.add(threads.submit(() -> insertMany(id)));
        }
        for (Future<?> one : all) {
            one.get();
        }
        try (Statement statement = first.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM dbo.T WHERE id >= 1000")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(30 * 20);
        }
    }

    private Void insertMany(int id) throws SQLException {
        try (Connection connection = connect("");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO dbo.T (id, n) VALUES (?, ?)")) {
            for (int i = 0; i < 20; i++) {
                insert.setLong(1, id * 1000L + i);
                insert.setInt(2, i);
                insert.addBatch();
            }
            insert.executeBatch();
            return null;
        }
    }

    @Test
    void aThrottledConnectionStillAnswers() throws SQLException {
        endpoint.script().on(Occasion.statement("SELECT id"), new Effect.Throttle(Duration.ofMillis(5)));
        try (Statement statement = second.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM dbo.T")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isFalse();
        }
        assertThat(endpoint.script().pending()).isZero();
    }
}

package io.tokensync.common.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** On SQLite, whose driver ends no statement by itself. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueryTimeoutTest {
    private static final String ENDLESS = "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
            + " SELECT COUNT(*) FROM x";
    /** The first row is there at once, and there is no second one. */
    private static final String ENDLESS_AFTER_A_ROW = "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
            + " SELECT n FROM x WHERE n = 1";
    private static final Duration HOURS = Duration.ofHours(6);

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        statement = connection.createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        statement.cancel(); // what should have ended must not keep the connection from closing
        connection.close();
    }

    @Test
    void aStatementThatTakesTooLongIsEndedAndItsConnectionGoesOn() throws SQLException {
        try (QueryTimeout timeout = new QueryTimeout(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> timeout.run(statement, () -> rows(ENDLESS)))
                    .isInstanceOf(SQLTimeoutException.class);
        }
        try (QueryTimeout timeout = new QueryTimeout(HOURS)) {
            assertThat(timeout.run(statement, () -> rows("SELECT 1"))).isEqualTo(1);
        }
    }

    @Test
    void theReadingOfItsRowsBelongsToIt() {
        try (QueryTimeout timeout = new QueryTimeout(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> timeout.run(statement, () -> rows(ENDLESS_AFTER_A_ROW)))
                    .isInstanceOf(SQLTimeoutException.class);
        }
    }

    @Test
    void whatFailsInTimeFailsAsItDoes() {
        try (QueryTimeout timeout = new QueryTimeout(HOURS)) {
            assertThatThrownBy(() -> timeout.run(statement, () -> rows("SELECT nothing")))
                    .isInstanceOf(SQLException.class).isNotInstanceOf(SQLTimeoutException.class);
        }
    }

    /** SQLite forgets a cancel that comes before the statement begins, as the first one does here. */
    @Test
    void whoClosesEndsWhatIsAboutToBegin() throws Exception {
        QueryTimeout timeout = new QueryTimeout(HOURS);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        FutureTask<Integer> asked = new FutureTask<>(() -> timeout.run(signalling(cancelled), () -> {
            begun.countDown();
            awaitUninterrupted(cancelled);
            return rows(ENDLESS);
        }));
        Thread.ofPlatform().daemon().start(asked);
        begun.await();
        timeout.close();
        assertThatThrownBy(() -> asked.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(SQLException.class)
                .hasMessageNotContaining("took longer");
        assertThatThrownBy(() -> timeout.run(statement, () -> rows("SELECT 1"))).isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState()).isEqualTo("57014");
    }

    /** The statement, which says when it has been cancelled. */
    private Statement signalling(CountDownLatch cancelled) {
        return (Statement) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Statement.class},
                (_, method, arguments) -> {
                    Object answer = method.invoke(statement, arguments);
                    if (method.getName().equals("cancel")) {
                        cancelled.countDown();
                    }
                    return answer;
                });
    }

    private int rows(String sql) throws SQLException {
        int rows = 0;
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows++;
            }
        }
        return rows;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

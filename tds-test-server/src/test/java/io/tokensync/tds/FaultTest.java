package io.tokensync.tds;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.tds.faults.AzureErrors;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Occasion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class FaultTest {
    private SqlServerEndpoint endpoint;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        endpoint = SqlServerEndpoint.start();
        connection = connect("");
        execute("CREATE TABLE dbo.T (id BIGINT NOT NULL PRIMARY KEY)");
    }

    @AfterEach
    void close() throws SQLException {
        endpoint.close();
        connection.close();
    }

    /** Without its network resolution the driver does not try a rejected login again behind our back. */
    private Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(endpoint.jdbcUrl(false) + ";connectRetryCount=0;loginTimeout=20"
                + ";transparentNetworkIPResolution=false" + options,
                endpoint.user(), endpoint.password());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count() throws SQLException {
        try (Connection other = connect("");
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM dbo.T")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** A transaction of one row, in which the script strikes. */
    private SQLException transactionFails() throws SQLException {
        connection.setAutoCommit(false);
        return catchThrowableOfType(SQLException.class, () -> {
            execute("INSERT INTO dbo.T (id) VALUES (1)");
            connection.commit();
        });
    }

    @Test
    void anErrorOfOrdinarySeverityLeavesTheConnectionOpen() throws SQLException {
        endpoint.script().on(Occasion.statement("INSERT"), new Effect.Fail(AzureErrors.workersExhausted()));
        assertThat(transactionFails().getErrorCode()).isEqualTo(10928);
        assertThat(connection.isValid(5)).isTrue();
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        connection.commit();
        assertThat(count()).isEqualTo(1);
        assertThat(endpoint.script().pending()).isZero();
    }

    @Test
    void anErrorOfSeverity20ClosesTheConnection() throws SQLException {
        endpoint.script().on(Occasion.statement("INSERT"), new Effect.Fail(AzureErrors.busy()));
        assertThat(transactionFails().getErrorCode()).isEqualTo(40501);
        assertThat(connection.isClosed()).isTrue();
        assertThat(count()).isZero();
    }

    static Stream<Effect> cuts() {
        return Stream.of(new Effect.CutBefore(), new Effect.Reset(), new Effect.KillSessions(), new Effect.CutMidway());
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aCutAtAStatementLosesTheTransaction(Effect cut) throws SQLException {
        endpoint.script().on(Occasion.statement("INSERT"), cut);
        SQLException e = transactionFails();
        assertThat(e.getSQLState()).as(e.toString()).startsWith("08");
        await().until(() -> endpoint.record().connectionsOpen() == 0);
        assertThat(count()).isZero();
    }

    @Test
    void aCutBeforeTheCommitLosesTheTransaction() throws SQLException {
        endpoint.script().on(Occasion.commit(1), new Effect.CutBefore());
        assertThat(transactionFails().getSQLState()).startsWith("08");
        await().until(() -> endpoint.record().rollbacks() == 1);
        assertThat(count()).isZero();
    }

    @Test
    void aCutAfterTheCommitKeepsTheTransactionAndTheClientCannotKnow() throws SQLException {
        endpoint.script().on(Occasion.commit(1), new Effect.CutAfter());
        assertThat(transactionFails().getSQLState()).startsWith("08");
        assertThat(endpoint.record().commits()).isEqualTo(1);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aCutInTheMiddleOfTheAnswerToACommitKeepsIt() throws SQLException {
        endpoint.script().on(Occasion.commit(1), new Effect.CutMidway());
        assertThat(transactionFails().getSQLState()).startsWith("08");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aStallEndsWithTheQueryTimeoutAndTheConnectionLives() throws SQLException {
        endpoint.script().on(Occasion.statement("INSERT"), new Effect.Stall(Duration.ofMinutes(5)));
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("INSERT INTO dbo.T (id) VALUES (1)"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY008"));
        }
        assertThat(connection.isValid(5)).isTrue();
        assertThat(count()).isZero();
    }

    @Test
    void aStallEndsWithTheSocketTimeoutAndTheConnectionIsGone() throws SQLException {
        try (Connection impatient = connect(";socketTimeout=500"); Statement statement = impatient.createStatement()) {
            endpoint.script().on(Occasion.statement("SELECT 7"), new Effect.Stall(Duration.ofMinutes(5)));
            assertThatThrownBy(() -> statement.execute("SELECT 7")).isInstanceOf(SQLException.class)
                    .hasMessageContaining("timed out");
            assertThat(impatient.isValid(1)).isFalse();
        }
    }

    @Test
    void aStalledLoginEndsWithTheLoginTimeout() {
        endpoint.script().on(Occasion.login(1), new Effect.Stall(Duration.ofMinutes(5)));
        assertThatThrownBy(() -> connect(";loginTimeout=1")).isInstanceOf(SQLException.class);
    }

    @Test
    void aRejectedLoginHasTheNumberOfItsError() throws SQLException {
        endpoint.script().on(Occasion.login(1), new Effect.Fail(AzureErrors.firewall()));
        assertThatThrownBy(() -> connect("")).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getErrorCode()).isEqualTo(40615));
        connect("").close();
    }

    @Test
    void connectionsAreResetBeforeTheLogin() throws SQLException {
        endpoint.script().on(Occasion.connection(1), new Effect.Reset());
        assertThatThrownBy(() -> connect("")).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getSQLState()).startsWith("08"));
        connect("").close();
    }

    @Test
    void anEndpointThatRejectsKeepsItsData() throws SQLException {
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        endpoint.reject();
        assertThatThrownBy(() -> connect("")).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getSQLState()).startsWith("08"));
        endpoint.acceptAgain();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aRestartLosesSessionsAndKeepsWhatWasCommitted() throws SQLException {
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        connection.setAutoCommit(false);
        execute("INSERT INTO dbo.T (id) VALUES (2)");
        endpoint.restart(Duration.ofMillis(200));
        assertThatThrownBy(() -> execute("INSERT INTO dbo.T (id) VALUES (3)")).isInstanceOf(SQLException.class);
        await().ignoreExceptionsInstanceOf(SQLException.class).until(() -> count() == 1);
    }

    @Test
    void aFailoverRejectsForATimeAndThenSendsToTheOtherEndpoint() throws SQLException {
        try (SqlServerEndpoint other = SqlServerEndpoint.start()) {
            endpoint.script().failover(2, other.host(), other.port());
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> connect("")).isInstanceOfSatisfying(SQLException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(40613));
            }
            connect("").close();
            assertThat(other.record().logins()).isEqualTo(1);
        }
    }

    @Test
    void theNthStatementIsHitAndNoOther() throws SQLException {
        endpoint.script().on(Occasion.statement("INSERT").nth(2), Effect.fail(8645, 17));
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        assertThatThrownBy(() -> execute("INSERT INTO dbo.T (id) VALUES (2)")).isInstanceOf(SQLException.class);
        execute("INSERT INTO dbo.T (id) VALUES (3)");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aBulkLoadThatFailsAtARowInsertsNothing() throws SQLException {
        execute("CREATE TABLE dbo.Everything (" + EveryType.COLUMNS + ")");
        endpoint.script().on(Occasion.bulkRow(3), new Effect.Fail(AzureErrors.databaseFull()));
        try (SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            copy.setDestinationTableName("dbo.Everything");
            EveryTypeRows rows = new EveryTypeRows(
                    List.of(EveryType.nulls(), EveryType.nulls(), EveryType.nulls(), EveryType.nulls()).iterator());
            assertThatThrownBy(() -> copy.writeToServer(rows)).isInstanceOfSatisfying(SQLException.class,
                    e -> assertThat(e.getErrorCode()).isEqualTo(40544));
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM dbo.Everything")) {
            assertThat(rows.next()).isFalse();
        }
        assertThat(endpoint.record().bulkLoads()).isZero();
    }
}

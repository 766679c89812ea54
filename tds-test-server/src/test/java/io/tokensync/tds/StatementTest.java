package io.tokensync.tds;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatementTest {
    private SqlServerEndpoint endpoint;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        endpoint = SqlServerEndpoint.start();
        connection = connect();
        execute("CREATE TABLE dbo.T (id BIGINT NOT NULL CONSTRAINT PK_T PRIMARY KEY CLUSTERED, "
                + "name NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NULL, mail NVARCHAR(20) NOT NULL DEFAULT N'none')");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        endpoint.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(endpoint.jdbcUrl(false), endpoint.user(), endpoint.password());
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private long count(String from) throws SQLException {
        try (Connection other = connect();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT_BIG(*) FROM " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void assertError(int number, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(number));
    }

    @Test
    void statementsReportHowManyRowsTheyChanged() throws SQLException {
        assertThat(execute("INSERT INTO dbo.T (id, name) VALUES (1, N'a'), (2, N'b')")).isEqualTo(2);
        assertThat(execute("UPDATE dbo.T SET name = N'c' WHERE id > 5")).isZero();
        assertThat(execute("SET NOCOUNT ON; DELETE FROM dbo.T")).isNotEqualTo(2);
        assertThat(count("dbo.T")).isZero();
    }

    @Test
    void aBatchMayHoldManyStatementsWithSeveralResults() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement
                    .execute("SET XACT_ABORT ON INSERT INTO dbo.T (id) VALUES (7); SELECT id FROM dbo.T; "
                            + "DECLARE @n INT = 3; SELECT @n + 4 AS seven; IF @n = 4 SELECT 1 ELSE PRINT 'no'");
            assertThat(rows).isFalse();
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet seven = statement.getResultSet()) {
                seven.next();
                assertThat(seven.getInt("seven")).isEqualTo(7);
            }
        }
    }

    @Test
    void aPreparedStatementIsExecutedManyTimes() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO dbo.T (id, name) VALUES (?, ?)");
                PreparedStatement query = connection.prepareStatement("SELECT name FROM dbo.T WHERE id = ?")) {
            for (int i = 0; i < 50; i++) {
                insert.setLong(1, i);
                insert.setString(2, i % 5 == 0 ? null : "name " + i);
                assertThat(insert.executeUpdate()).isEqualTo(1);
                query.setLong(1, i);
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo(i % 5 == 0 ? null : "name " + i);
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }

    @Test
    void aBatchWithAFailingRowGoesOnAndTellsWhichFailed() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO dbo.T (id, name) VALUES (?, ?)")) {
            for (long id : new long[]{1, 2, 1, 3}) {
                insert.setLong(1, id);
                insert.setString(2, "x");
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch).isInstanceOfSatisfying(BatchUpdateException.class, e -> {
                assertThat(e.getErrorCode()).isEqualTo(2627);
                assertThat(e.getUpdateCounts()).containsExactly(1, 1, Statement.EXECUTE_FAILED, 1);
            });
        }
        assertThat(count("dbo.T")).isEqualTo(3);
    }

    @Test
    void errorsHaveTheNumbersOfSqlServer() throws SQLException {
        execute("CREATE UNIQUE NONCLUSTERED INDEX UX_T ON dbo.T (name) INCLUDE (mail)");
        execute("INSERT INTO dbo.T (id, name) VALUES (1, N'a')");
        assertError(2627, () -> execute("INSERT INTO dbo.T (id, name) VALUES (1, N'b')"));
        assertError(2601, () -> execute("INSERT INTO dbo.T (id, name) VALUES (2, N'a')"));
        assertError(515, () -> execute("INSERT INTO dbo.T (id, mail) VALUES (3, NULL)"));
        assertError(2628, () -> execute("INSERT INTO dbo.T (id, name) VALUES (4, N'" + "x".repeat(21) + "')"));
        assertError(208, () -> execute("INSERT INTO dbo.Missing (id) VALUES (1)"));
        assertError(207, () -> execute("INSERT INTO dbo.T (id, nothing) VALUES (1, 2)"));
        assertError(245, () -> execute("INSERT INTO dbo.T (id) VALUES (CAST(N'abc' AS BIGINT))"));
        assertError(8115, () -> execute("INSERT INTO dbo.T (id) VALUES (CAST(99999999999999999999 AS BIGINT))"));
        assertError(8134, () -> execute("INSERT INTO dbo.T (id) VALUES (1 / 0)"));
        assertError(2714, () -> execute("CREATE TABLE dbo.T (id INT)"));
        assertError(3701, () -> execute("DROP TABLE dbo.Missing"));
        assertError(102, () -> execute("ALTER DATABASE tokens SET RECOVERY FULL"));
        assertError(102, () -> execute("SELEKT 1"));
        assertError(137, () -> execute("DELETE FROM dbo.T WHERE id = @id"));
        assertError(3902, () -> execute("COMMIT TRAN"));
        assertError(3903, () -> execute("ROLLBACK"));
        assertError(2812, () -> execute("EXEC sp_nothing"));
        assertError(50123, () -> execute("THROW 50123, 'as asked', 1"));
        execute("CREATE TABLE dbo.Child (t BIGINT NOT NULL CONSTRAINT FK_C REFERENCES dbo.T (id), n INT CHECK (n > 0))");
        assertError(547, () -> execute("INSERT INTO dbo.Child (t) VALUES (77)"));
        assertError(547, () -> execute("INSERT INTO dbo.Child (t, n) VALUES (1, -1)"));
    }

    @Test
    void theStatesThatTheDriverMapsAreRight() {
        assertThatThrownBy(() -> execute("INSERT INTO dbo.T (id, mail) VALUES (3, NULL)"))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23000"));
    }

    @Test
    void caseMattersOnlyUnderABinaryCollation() throws SQLException {
        execute("INSERT INTO dbo.T (id, name, mail) VALUES (1, N'Abc', N'Abc')");
        assertThat(count("dbo.T WHERE name = N'abc'")).isZero();
        assertThat(count("dbo.T WHERE mail = N'abc'")).isEqualTo(1);
    }

    @Test
    void aTransactionIsInvisibleUntilItIsCommittedAndGoneWhenRolledBack() throws SQLException {
        connection.setAutoCommit(false);
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        assertThat(count("dbo.T")).isZero();
        connection.commit();
        assertThat(count("dbo.T")).isEqualTo(1);
        execute("DELETE FROM dbo.T");
        connection.rollback();
        assertThat(count("dbo.T")).isEqualTo(1);
        assertThat(endpoint.record().commits()).isEqualTo(1);
        assertThat(endpoint.record().rollbacks()).isEqualTo(1);
    }

    @Test
    void aSavepointUndoesWhatCameAfterIt() throws SQLException {
        connection.setAutoCommit(false);
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        Savepoint savepoint = connection.setSavepoint("half");
        execute("INSERT INTO dbo.T (id) VALUES (2)");
        connection.rollback(savepoint);
        connection.commit();
        assertThat(count("dbo.T")).isEqualTo(1);
    }

    @Test
    void withXactAbortAnErrorRollsTheTransactionBack() throws SQLException {
        connection.setAutoCommit(false);
        execute("SET XACT_ABORT ON");
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        assertError(2627, () -> execute("INSERT INTO dbo.T (id) VALUES (1)"));
        connection.commit();
        assertThat(count("dbo.T")).isZero();
    }

    @Test
    void withoutXactAbortTheTransactionGoesOn() throws SQLException {
        connection.setAutoCommit(false);
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        assertError(2627, () -> execute("INSERT INTO dbo.T (id) VALUES (1)"));
        connection.commit();
        assertThat(count("dbo.T")).isEqualTo(1);
    }

    @Test
    void explicitTransactionsNestAsTrancountSays() throws SQLException {
        execute("BEGIN TRAN; INSERT INTO dbo.T (id) VALUES (1); BEGIN TRANSACTION; "
                + "IF @@TRANCOUNT = 2 INSERT INTO dbo.T (id) VALUES (2); COMMIT; COMMIT TRAN");
        assertThat(count("dbo.T")).isEqualTo(2);
        execute("BEGIN TRY BEGIN TRAN; INSERT INTO dbo.T (id) VALUES (3); INSERT INTO dbo.T (id) VALUES (3); COMMIT; "
                + "END TRY BEGIN CATCH IF @@TRANCOUNT > 0 ROLLBACK; END CATCH");
        assertThat(count("dbo.T")).isEqualTo(2);
    }

    @Test
    void temporaryTablesBelongToTheirSession() throws SQLException {
        String create = "IF OBJECT_ID('tempdb..#stage') IS NULL CREATE TABLE #stage (id BIGINT NOT NULL, "
                + "name NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NULL)";
        execute(create);
        execute(create);
        execute("INSERT INTO #stage (id) VALUES (1)");
        try (Connection other = connect(); Statement statement = other.createStatement()) {
            assertError(208, () -> statement.executeQuery("SELECT * FROM #stage"));
            statement.execute(create);
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM tempdb..#stage")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void creatingAndEmptyingATemporaryTableDoesNotEndTheTransaction() throws SQLException {
        connection.setAutoCommit(false);
        execute("INSERT INTO dbo.T (id) VALUES (1)");
        execute("CREATE TABLE #stage (id BIGINT NOT NULL)");
        execute("TRUNCATE TABLE #stage");
        connection.rollback();
        assertThat(count("dbo.T")).isZero();
    }

    @Test
    void mergeFromAStageWithHintsAndCollations() throws SQLException {
        execute("INSERT INTO dbo.T (id, name) VALUES (1, N'old')");
        execute("CREATE TABLE #stage (id BIGINT NOT NULL, name NVARCHAR(20) COLLATE Latin1_General_100_BIN2 NULL)");
        execute("INSERT INTO #stage (id, name) VALUES (1, N'new'), (2, N'two')");
        int changed = execute("MERGE dbo.T WITH (HOLDLOCK) AS t USING #stage AS s ON t.id = s.id "
                + "WHEN MATCHED AND t.name <> s.name COLLATE Latin1_General_100_BIN2 THEN UPDATE SET name = s.name "
                + "WHEN NOT MATCHED BY TARGET THEN INSERT (id, name) VALUES (s.id, s.name);");
        assertThat(changed).isEqualTo(2);
        execute("DELETE FROM #stage; INSERT INTO #stage (id, name) VALUES (1, N'a'), (1, N'b')");
        assertError(8672, () -> execute("MERGE INTO dbo.T AS t USING #stage AS s ON t.id = s.id "
                + "WHEN MATCHED THEN UPDATE SET name = s.name;"));
    }
}

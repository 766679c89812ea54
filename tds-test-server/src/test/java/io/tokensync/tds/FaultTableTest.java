package io.tokensync.tds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import org.junit.jupiter.api.Test;

import io.tokensync.tds.faults.AzureErrors;
import io.tokensync.tds.faults.Effect;
import io.tokensync.tds.faults.Occasion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets every fault strike the driver and writes down what an application sees. The README shows this table; run with
 * {@code -Dreadme.write=true} to bring it up to date.
 */
class FaultTableTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- fault table: made by FaultTableTest -->\n";
    private static final String END = "<!-- end of the fault table -->";
    private static final Duration LONG = Duration.ofMinutes(5);

    private record Scenario(String fault, String where, String options, Consumer<SqlServerEndpoint> script) {
        static Scenario of(String fault, String where, Occasion occasion, Effect effect) {
            return new Scenario(fault, where, "", endpoint -> endpoint.script().on(occasion, effect));
        }

        Scenario with(String extra) {
            return new Scenario(fault, where, extra, script);
        }
    }

    private static List<Scenario> scenarios() {
        Occasion connection = Occasion.connection(1);
        Occasion login = Occasion.login(1);
        Occasion insert = Occasion.statement("INSERT INTO dbo.T");
        Occasion row = Occasion.bulkRow(2);
        Occasion commit = Occasion.commit(1);
        return List.of(
                new Scenario("listener closed", "connection", "", SqlServerEndpoint::reject),
                Scenario.of("`Reset`", "connection", connection, new Effect.Reset()),
                Scenario.of("`Stall`, `loginTimeout=1`", "login", login, new Effect.Stall(LONG))
                        .with(";loginTimeout=1"),
                Scenario.of("`Fail` 40613", "login", login, new Effect.Fail(AzureErrors.databaseUnavailable())),
                Scenario.of("`Fail` 40615", "login", login, new Effect.Fail(AzureErrors.firewall())),
                Scenario.of("`Fail` 18456, severity 14", "login", login, Effect.fail(18456, 14)),
                Scenario.of("`Fail` 10928, severity 16", "INSERT", insert,
                        new Effect.Fail(AzureErrors.workersExhausted())),
                Scenario.of("`Fail` 1205, severity 13", "INSERT", insert, new Effect.Fail(AzureErrors.deadlock())),
                Scenario.of("`Fail` 40544, severity 17", "INSERT", insert, new Effect.Fail(AzureErrors.databaseFull())),
                Scenario.of("`Fail` 40501, severity 20", "INSERT", insert, new Effect.Fail(AzureErrors.busy())),
                Scenario.of("`Fail` 40197, severity 20", "INSERT", insert, new Effect.Fail(AzureErrors.serviceError())),
                Scenario.of("`CutBefore`", "INSERT", insert, new Effect.CutBefore()),
                Scenario.of("`CutMidway`", "INSERT", insert, new Effect.CutMidway()),
                Scenario.of("`CutAfter`", "INSERT", insert, new Effect.CutAfter()),
                Scenario.of("`Reset`", "INSERT", insert, new Effect.Reset()),
                Scenario.of("`KillSessions`", "INSERT", insert, new Effect.KillSessions()),
                Scenario.of("`Restart`", "INSERT", insert, new Effect.Restart(Duration.ofMillis(100))),
                Scenario.of("`Stall`, `queryTimeout=1`", "INSERT", insert, new Effect.Stall(LONG))
                        .with(";queryTimeout=1"),
                Scenario.of("`Stall`, `socketTimeout=500`", "INSERT", insert, new Effect.Stall(LONG))
                        .with(";socketTimeout=500"),
                Scenario.of("`Fail` 40544, severity 17", "bulk row", row, new Effect.Fail(AzureErrors.databaseFull())),
                Scenario.of("`CutBefore`", "bulk row", row, new Effect.CutBefore()),
                Scenario.of("`Fail` 40197, severity 20", "commit", commit, new Effect.Fail(AzureErrors.serviceError())),
                Scenario.of("`CutBefore`", "commit", commit, new Effect.CutBefore()),
                Scenario.of("`CutMidway`", "commit", commit, new Effect.CutMidway()),
                Scenario.of("`CutAfter`", "commit", commit, new Effect.CutAfter()));
    }

    @Test
    void theReadmeShowsWhatTheDriverMakesOfEveryFault() throws Exception {
        StringBuilder table = new StringBuilder(BEGIN).append("""
                | fault | strikes at | exception | error code | SQLState | connection after it | transaction |
                |---|---|---|---|---|---|---|
                """);
        for (Scenario scenario : scenarios()) {
            table.append(line(scenario));
        }
        String readme = Files.readString(README);
        String expected = readme.substring(0, readme.indexOf(BEGIN)) + table + readme.substring(readme.indexOf(END));
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(README, expected);
        }
        assertThat(Files.readString(README)).isEqualTo(expected);
    }

    private static String line(Scenario scenario) throws SQLException, IOException {
        try (SqlServerEndpoint endpoint = SqlServerEndpoint.start()) {
            try (Connection setUp = connect(endpoint, ""); Statement statement = setUp.createStatement()) {
                statement.execute("CREATE TABLE dbo.T (" + EveryType.COLUMNS + ")");
            }
            scenario.script().accept(endpoint);
            Outcome outcome = strike(endpoint, scenario.options());
            assertThat((Exception) outcome.thrown()).as(scenario.toString()).isNotNull();
            endpoint.acceptAgain();
            return "| " + String.join(" | ", List.of(scenario.fault(), scenario.where(),
                    "`" + outcome.thrown().getClass().getSimpleName() + "`",
                    Integer.toString(outcome.thrown().getErrorCode()), state(outcome.thrown()), outcome.connection(),
                    endpoint.record().commits() == 1 ? "committed" : "lost")) + " |\n";
        }
    }

    /** Which of the states of a broken connection it is depends on who notices first. */
    private static String state(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") ? "08…" : state;
    }

    private record Outcome(SQLException thrown, String connection) {}

    private static Connection connect(SqlServerEndpoint endpoint, String options) throws SQLException {
        return DriverManager.getConnection(endpoint.jdbcUrl(false)
                + ";connectRetryCount=0;transparentNetworkIPResolution=false" + options, endpoint.user(),
                endpoint.password());
    }

    private static Outcome strike(SqlServerEndpoint endpoint, String options) throws SQLException {
        Connection connection;
        try {
            connection = connect(endpoint, options);
        } catch (SQLException e) {
            return new Outcome(e, "none");
        }
        try (connection) {
            return new Outcome(transaction(connection), connection.isValid(5) ? "usable" : "gone");
        }
    }

    private static SQLException transaction(Connection connection) {
        try (Statement statement = connection.createStatement();
                SQLServerBulkCopy copy = new SQLServerBulkCopy(connection)) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO dbo.T (a_int) VALUES (1)");
            copy.setDestinationTableName("dbo.T");
            copy.writeToServer(new EveryTypeRows(List.of(EveryType.nulls(), EveryType.nulls()).iterator()));
            connection.commit();
            return null;
        } catch (SQLException e) {
            return e;
        }
    }
}

package io.tokensync.testkit.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PostgresServerIT {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(Map.of("max_connections", "30"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aKillLosesNothingThatWasCommitted() throws Exception {
        server.execute("CREATE TABLE kept (number INTEGER)", "INSERT INTO kept SELECT generate_series(1, 1000)");
        int port = server.port();
        try (Connection open = server.connect(PostgresServer.USER); Statement statement = open.createStatement()) {
            server.kill();
            assertThatThrownBy(() -> server.connect(PostgresServer.USER)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
        }
        server.restart();
        assertThat(server.port()).isEqualTo(port);
        assertThat(value("SELECT count(*) FROM kept")).isEqualTo("1000");
        server.execute("DROP TABLE kept");
    }

    @Test
    void aStopEndsSessionsAndKeepsTheData() throws Exception {
        server.execute("CREATE TABLE stopped AS SELECT 7 AS number");
        try (Connection open = server.connect(PostgresServer.USER)) {
            server.stop();
            assertThat(open.isValid(1)).isFalse();
        }
        server.restart();
        assertThat(value("SELECT number FROM stopped")).isEqualTo("7");
        server.execute("DROP TABLE stopped");
    }

    @Test
    void settingsAreThoseThatWereAskedForAndOutliveARestart() throws Exception {
        server.set("statement_timeout", "1234ms");
        assertThat(value("SHOW statement_timeout")).isEqualTo("1234ms");
        server.stop();
        server.restart();
        assertThat(value("SHOW statement_timeout")).isEqualTo("1234ms");
        assertThat(value("SHOW max_connections")).isEqualTo("30");
        server.set("statement_timeout", "0");
    }

    @Test
    void rolesNeedTheirPassword() throws Exception {
        server.createRole("rubix-node", "secret");
        server.createDatabase("rubix-node", "rubix-node");
        String url = server.url("rubix-node");
        try (Connection connection = DriverManager.getConnection(url, "rubix-node", "secret")) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(url, "rubix-node", "wrong"))
                .isInstanceOf(SQLException.class).extracting(e -> ((SQLException) e).getSQLState()).isEqualTo("28P01");
    }

    @Test
    void textIsOrderedAsPeopleDo() throws Exception {
        assertThat(value("SELECT string_agg(id, ' ' ORDER BY id) FROM (VALUES ('B'), ('a'), ('C')) AS ids (id)"))
                .isEqualTo("a B C");
    }

    private static String value(String sql) throws SQLException {
        try (Connection connection = server.connect(PostgresServer.USER);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}

package io.tokensync.tds;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.tokensync.tds.protocol.Encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoginTest {
    @ParameterizedTest
    @CsvSource({"OFF, false", "OFF, true", "ON, false", "ON, true", "REQUIRED, false", "NOT_SUPPORTED, false"})
    void theDriverLogsInWithEveryEncryptionThatBothSidesAccept(Encryption server, boolean client) throws SQLException {
        try (SqlServerEndpoint endpoint = SqlServerEndpoint.start(server);
                Connection connection = DriverManager.getConnection(endpoint.jdbcUrl(client), endpoint.user(),
                        endpoint.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 AS one, N'zwei' AS two")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("one")).isEqualTo(1);
            assertThat(rows.getString("two")).isEqualTo("zwei");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void aClientThatInsistsOnEncryptionGivesUpWhereThereIsNone() {
        try (SqlServerEndpoint endpoint = SqlServerEndpoint.start(Encryption.NOT_SUPPORTED)) {
            assertThatThrownBy(
                    () -> DriverManager.getConnection(endpoint.jdbcUrl(true), endpoint.user(), endpoint.password()))
                    .isInstanceOf(SQLException.class).hasMessageContaining("encryption");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "REQUIRED"})
    void aWrongPasswordIs18456(Encryption encryption) {
        try (SqlServerEndpoint endpoint = SqlServerEndpoint.start(encryption)) {
            assertThatThrownBy(() -> DriverManager.getConnection(endpoint.jdbcUrl(true), endpoint.user(), "wrong"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(18456));
            assertThat(endpoint.record().errors()).containsOnly(18456);
        }
    }

    @Test
    void anUnknownDatabaseIs4060() {
        try (SqlServerEndpoint endpoint = SqlServerEndpoint.start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                    endpoint.jdbcUrl(true).replace("databaseName=tokens", "databaseName=other"), endpoint.user(),
                    endpoint.password()))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(4060));
        }
    }

    @ParameterizedTest
    @CsvSource({"512, true", "512, false", "4096, true", "16000, true", "32767, false"})
    void thePacketSizeIsTheOneTheClientAskedFor(int packetSize, boolean encrypted) throws SQLException {
        String text = "0123456789".repeat(9_000);
        try (SqlServerEndpoint endpoint = SqlServerEndpoint.start();
                Connection connection = DriverManager.getConnection(
                        endpoint.jdbcUrl(encrypted) + ";packetSize=" + packetSize, endpoint.user(),
                        endpoint.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT '" + text + "' AS t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo(text);
        }
    }
}

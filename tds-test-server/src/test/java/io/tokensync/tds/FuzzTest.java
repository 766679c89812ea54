package io.tokensync.tds;

import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Clients that do not keep to the protocol; set {@code tokensync.seed} to repeat a run. */
class FuzzTest {
    private static final long SEED = Long.getLong(Property.SEED, System.nanoTime());
    private static final int ROUNDS = 300;

    private final Random random = new Random(SEED);
    private SqlServerEndpoint endpoint;

    @BeforeEach
    void open() {
        endpoint = SqlServerEndpoint.start();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private void assertStillServing() throws SQLException {
        try (Connection connection = DriverManager.getConnection(endpoint.jdbcUrl(true), endpoint.user(),
                endpoint.password())) {
            assertThat(connection.isValid(10)).as("seed %d", SEED).isTrue();
        }
        await("seed " + SEED).until(() -> endpoint.record().connectionsOpen() == 0);
    }

    @Test
    void noiseInsteadOfAPreloginClosesOnlyThatConnection() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            try (RawClient client = new RawClient(endpoint)) {
                quietly(() -> client.sendRaw(noise));
                quietly(client::drain);
            }
        }
        assertStillServing();
    }

    @Test
    void damagedLoginsCloseOnlyTheirConnection() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (RawClient client = new RawClient(endpoint)) {
                quietly(() -> {
                    client.send(RawClient.PRELOGIN, damaged(RawClient.prelogin()));
                    client.send(RawClient.LOGIN, damaged(RawClient.login(endpoint)));
                    client.drain();
                });
            }
        }
        assertStillServing();
    }

    @ParameterizedTest
    @ValueSource(ints = {RawClient.BATCH, RawClient.RPC, RawClient.BULK, RawClient.TRANSACTION, 0x55})
    void damagedRequestsCloseOnlyTheirConnection(int type) throws Exception {
        for (int i = 0; i < ROUNDS / 3; i++) {
            try (RawClient client = new RawClient(endpoint)) {
                quietly(() -> {
                    client.logIn(endpoint);
                    client.send(RawClient.BATCH, RawClient.withHeaders(RawClient.utf16("INSERT BULK t ([a] INT)")));
                    client.answer();
                    client.send(type, damaged(request(type)));
                    client.drain();
                });
            }
        }
        assertStillServing();
    }

    private static byte[] request(int type) {
        return switch (type) {
            case RawClient.BATCH -> RawClient.withHeaders(RawClient.utf16("SELECT [x] FROM t WHERE a = 'b' -- c"));
            case RawClient.BULK ->
                new byte[]{(byte) 0x81, 1, 0, 0, 0, 0, 0, 8, 0, 0x26, 4, 1, 'a', 0, (byte) 0xD1, 4, 7, 0,
                        0, 0, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            case RawClient.TRANSACTION -> RawClient.withHeaders(new byte[]{5, 0, 2, 0});
            default -> RawClient.withHeaders(executeSql());
        };
    }

    /** sp_executesql N'SELECT 1'. */
    private static byte[] executeSql() {
        byte[] text = RawClient.utf16("SELECT 1");
        byte[] head = {-1, -1, 10, 0, 0, 0, 0, 0, (byte) 0xE7, 64, 31, 9, 4, (byte) 0xD0, 0, 52, 16, 0};
        byte[] all = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, all, head.length, text.length);
        return all;
    }

    private byte[] damaged(byte[] valid) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(valid, random.nextInt(valid.length + 20)) : valid.clone();
        for (int hits = random.nextInt(4); hits > 0 && bytes.length > 0; hits--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** What a damaged client does to itself is its own affair. */
    private interface Talk {
        void run() throws IOException;
    }

    private static void quietly(Talk talk) throws IOException {
        try {
            talk.run();
        } catch (EOFException | java.net.SocketException e) {
            return;
        }
    }

    @Test
    void wholeRequestsOfARawClientAreAnswered() throws Exception {
        try (RawClient client = new RawClient(endpoint)) {
            client.logIn(endpoint);
            client.send(RawClient.RPC, RawClient.withHeaders(executeSql()));
            assertThat(client.answer()).startsWith((byte) 0x81);
            client.send(RawClient.BATCH, RawClient.withHeaders(RawClient.utf16("CREATE TABLE t (a INT NOT NULL)")));
            assertThat(client.answer()).startsWith((byte) 0xFD);
            client.send(RawClient.TRANSACTION, RawClient.withHeaders(new byte[]{5, 0, 2, 0}));
            assertThat(client.answer()).startsWith((byte) 0xE3, (byte) 11, (byte) 0, (byte) 8);
            client.send(RawClient.BATCH, RawClient.withHeaders(RawClient.utf16("INSERT BULK t ([a] INT)")));
            client.answer();
            client.send(RawClient.BULK, request(RawClient.BULK));
            client.answer();
            client.send(RawClient.TRANSACTION, RawClient.withHeaders(new byte[]{7, 0, 0, 0}));
            assertThat(client.answer()).startsWith((byte) 0xE3, (byte) 11, (byte) 0, (byte) 9);
            client.send(RawClient.ATTENTION, new byte[0]);
            assertThat(client.answer()).startsWith((byte) 0xFD, (byte) 0x20);
            assertThat(endpoint.record().bulkRows()).isEqualTo(1);
            assertThat(endpoint.record().commits()).isEqualTo(1);
        }
    }

    @Test
    void aMessageGivenUpByItsClientIsNotRun() throws Exception {
        try (RawClient client = new RawClient(endpoint)) {
            client.logIn(endpoint);
            byte[] batch = RawClient.withHeaders(RawClient.utf16("CREATE TABLE dbo.Never (a INT)"));
            client.send(RawClient.BATCH, 3, batch.length + 8, batch);
            assertThat(client.answer()).startsWith((byte) 0xFD, (byte) 0x02);
            assertThat(endpoint.record().statements()).isEmpty();
        }
    }

    @Test
    void statementsNestedTooDeeplyAreRejected() {
        for (String opening : List.of("BEGIN ", "IF 1 = 1 ", "BEGIN TRY ")) {
            assertThatThrownBy(() -> {
                try (Connection connection = DriverManager.getConnection(endpoint.jdbcUrl(false), endpoint.user(),
                        endpoint.password()); var statement = connection.createStatement()) {
                    statement.execute(opening.repeat(100_000));
                }
            }).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(102));
        }
    }
}

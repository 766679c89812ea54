package io.tokensync.writer.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** What a writer relies on in its pool, over connections of the test's own. */
class PoolTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final SQLException REJECTED = new SQLException("rejected", "28000", 18456);

    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicBoolean breakerOpen = new AtomicBoolean();
    private final Queue<String> closed = new ConcurrentLinkedQueue<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile boolean away;
    private volatile CountDownLatch slow = new CountDownLatch(0);

    private final Pool pool = new Pool(H2BatchWriterTest.memory(), 2, this::login, new WriteListener() {
        @Override
        public void created() {
            created.incrementAndGet();
        }
    }, Optional.of(meters));

    @AfterEach
    void close() {
        slow.countDown();
        pool.close();
    }

    @Test
    void aConnectionIsMadeWhenItIsWantedAndKept() throws Exception {
        assertThat(logins).hasValue(0);
        assertThat(use()).isEqualTo("c1");
        assertThat(use()).isEqualTo("c1");
        assertThat(created).hasValue(1);
    }

    /** HikariCP alone would knock every few milliseconds, and tell one of those who wait. */
    @Test
    void whoeverBorrowsHearsTheFailureItselfAfterOneTry() throws Exception {
        away = true;
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(catchThrowable(pool::take)).isSameAs(REJECTED);
            assertThat(logins).hasValue(attempt);
        }
        away = false;
        assertThat(use()).isEqualTo("c4");
    }

    @Test
    void nobodyKnocksWhileTheBreakerIsOpen() throws Exception {
        pool.holdWhile(breakerOpen::get);
        away = true;
        assertThat(catchThrowable(pool::take)).isSameAs(REJECTED);
        breakerOpen.set(true);
        away = false;
        assertThat(catchThrowable(pool::take)).isSameAs(REJECTED);
        assertThat(logins).hasValue(1);
        breakerOpen.set(false);
        assertThat(use()).isEqualTo("c2");
    }

    @Test
    void aLoginMayTakeLongerThanThePoolWaits() throws Exception {
        slow = new CountDownLatch(1);
        Thread server = Thread.ofPlatform().start(() -> {
            await().atMost(PATIENCE).until(() -> timeouts() > 1);
            slow.countDown();
        });
        assertThat(use()).isEqualTo("c1");
        server.join();
        assertThat(logins).hasValue(1);
    }

    @Test
    void aDiscardedOneIsClosedAndReplaced() throws Exception {
        Connection first = pool.take();
        pool.discard(first);
        pool.discard(first);
        pool.giveBack(first);
        assertThat(use()).isEqualTo("c2");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(closed).containsExactly("c1"));
    }

    @Test
    void eachThreadHasOneOfItsOwn() throws Exception {
        Connection one = pool.take();
        Connection other = pool.take();
        assertThat(List.of(name(one), name(other))).containsExactlyInAnyOrder("c1", "c2");
        pool.giveBack(one);
        pool.giveBack(other);
    }

    @Test
    void nothingConnectsBehindTheEnd() throws Exception {
        var _ = use();
        pool.close();
        assertThat(closed).containsExactly("c1");
        assertThatThrownBy(pool::take).isInstanceOf(SQLNonTransientConnectionException.class);
        assertThat(logins).hasValue(1);
    }

    @Test
    void itsStateIsMeasured() throws Exception {
        Connection connection = pool.take();
        assertThat(meters.get("hikaricp.connections.max").gauge().value()).isEqualTo(2);
        await().atMost(PATIENCE)
                .until(() -> meters.get("hikaricp.connections.active").gauge().value() == 1);
        pool.giveBack(connection);
    }

    private double timeouts() {
        return meters.find("hikaricp.connections.timeout").counters().stream().mapToDouble(c -> c.count()).sum();
    }

    private String use() throws SQLException {
        Connection taken = pool.take();
        try {
            return name(taken);
        } finally {
            pool.giveBack(taken);
        }
    }

    private static String name(Connection connection) throws SQLException {
        return connection.getCatalog();
    }

    private Connection login() throws SQLException {
        String name = "c" + logins.incrementAndGet();
        try {
            slow.await();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
        if (away) {
            throw REJECTED;
        }
        return connection(name);
    }

    private Connection connection(String name) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getCatalog", "toString" -> name;
                    case "isValid" -> true;
                    case "getAutoCommit", "isReadOnly", "isClosed" -> false;
                    case "getTransactionIsolation" -> Connection.TRANSACTION_READ_COMMITTED;
                    case "getNetworkTimeout", "hashCode" -> 0;
                    case "close" -> {
                        closed.add(name);
                        yield null;
                    }
                    default -> null;
                });
    }
}

package io.tokensync.writer.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The life of the one connection of a writer, by a clock of the test's own. */
class DedicatedConnectionTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> heard = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private int made;
    private boolean away;
    private boolean deaf;

    private final DedicatedConnection connection = new DedicatedConnection(this::connect, new WriteListener() {
        @Override
        public void created() {
            heard.add("created");
        }

        @Override
        public void closedStale() {
            heard.add("stale");
        }

        @Override
        public void healthCheckFailed() {
            heard.add("unhealthy");
        }
    }, nanos::get);

    @Test
    void itIsMadeWhenItIsWantedAndKept() throws Exception {
        assertThat(use()).isEqualTo("c1");
        assertThat(use()).isEqualTo("c1");
        assertThat(heard).containsExactly("created");
    }

    @Test
    void oneThatCannotBeMadeIsWantedAgain() throws Exception {
        away = true;
        assertThatThrownBy(connection::take).isInstanceOf(SQLException.class);
        connection.warmUp();
        away = false;
        assertThat(use()).isEqualTo("c1");
    }

    @Test
    void warmUpMakesItBeforeItIsWanted() throws Exception {
        connection.warmUp();
        connection.warmUp();
        assertThat(heard).containsExactly("created");
        assertThat(use()).isEqualTo("c1");
    }

    @Test
    void aDiscardedOneIsClosedAndReplaced() throws Exception {
        Connection first = connection.take();
        connection.discard(first);
        connection.discard(first);
        connection.giveBack(first);
        assertThat(closed).containsExactly("c1");
        assertThat(use()).isEqualTo("c2");
    }

    @Test
    void anOldOneIsReplacedBeforeTheGatewayDropsIt() throws Exception {
        use();
        pass(Duration.ofMinutes(20).plusNanos(1));
        assertThat(use()).isEqualTo("c2");
        assertThat(closed).containsExactly("c1");
        assertThat(heard).containsExactly("created", "stale", "created");
    }

    @Test
    void afterARestItMustAnswer() throws Exception {
        use();
        pass(Duration.ofSeconds(31));
        assertThat(use()).isEqualTo("c1");
        pass(Duration.ofSeconds(31));
        deaf = true;
        assertThat(use()).isEqualTo("c2");
        assertThat(heard).containsExactly("created", "unhealthy", "stale", "created");
    }

    @Test
    void keepingAliveMakesNoNewOneAndLeavesAloneWhatIsInUse() throws Exception {
        connection.keepAlive();
        assertThat(heard).isEmpty();
        Connection inUse = connection.take();
        deaf = true;
        pass(Duration.ofHours(1));
        Thread other = Thread.ofPlatform().start(connection::keepAlive);
        other.join();
        assertThat(closed).isEmpty();
        connection.giveBack(inUse);
        pass(Duration.ofSeconds(31));
        connection.keepAlive();
        assertThat(closed).containsExactly("c1");
        assertThat(made).isOne();
    }

    @Test
    void closingEndsItNowOrWhenItIsGivenBack() throws Exception {
        Connection inUse = connection.take();
        Thread other = Thread.ofPlatform().start(connection::close);
        other.join();
        assertThat(closed).isEmpty();
        connection.giveBack(inUse);
        assertThat(closed).containsExactly("c1");
    }

    @Test
    void nothingConnectsBehindTheEnd() throws Exception {
        use();
        connection.close();
        assertThat(closed).containsExactly("c1");
        assertThatThrownBy(connection::take).isInstanceOf(SQLNonTransientConnectionException.class);
        connection.warmUp();
        assertThat(made).isOne();
    }

    private String use() throws SQLException {
        Connection taken = connection.take();
        connection.giveBack(taken);
        return taken.toString();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Connection connect() throws SQLException {
        if (away) {
            throw new SQLException("away", "08001");
        }
        String name = "c" + ++made;
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "toString" -> name;
                    case "equals" -> name.equals(String.valueOf(arguments[0]));
                    case "hashCode" -> name.hashCode();
                    case "isValid" -> !deaf;
                    case "close" -> {
                        closed.add(name);
                        yield null;
                    }
                    default -> null;
                });
    }
}

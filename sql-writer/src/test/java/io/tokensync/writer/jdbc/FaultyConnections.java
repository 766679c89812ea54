package io.tokensync.writer.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

/** Connections of which the call of a given number fails: a statement, a commit before or after it has worked. */
final class FaultyConnections implements Connections {
    private static final Set<String> CALLS = Set.of("prepareStatement", "commit");

    private final DataSource database;
    private final SQLException failure;
    private final int failing;
    private final boolean afterCommit;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger discarded = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private Exception notOpened;

    /**
     * @param failing which call fails, from 1
     * @param afterCommit whether a commit that fails has been applied
     */
    FaultyConnections(DataSource database, SQLException failure, int failing, boolean afterCommit) {
        this.database = database;
        this.failure = failure;
        this.failing = failing;
        this.afterCommit = afterCommit;
    }

    /** The next connection is not made. */
    void failNextOpen(Exception reason) {
        notOpened = reason;
    }

    int commits() {
        return commits.get();
    }

    int calls() {
        return calls.get();
    }

    int stillOpen() {
        return open.get();
    }

    int discarded() {
        return discarded.get();
    }

    @Override
    public Connection take() throws SQLException {
        Exception reason = notOpened;
        notOpened = null;
        switch (reason) {
            case null -> {
            }
            case SQLException failed -> throw failed;
            case RuntimeException failed -> throw failed;
            default -> throw new IllegalStateException(reason);
        }
        Connection real = database.getConnection();
        open.incrementAndGet();
        return proxy(Connection.class, real);
    }

    @Override
    public void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void discard(Connection connection) {
        discarded.incrementAndGet();
    }

    private <T> T proxy(Class<T> type, T real) {
        InvocationHandler handler = (_, method, arguments) -> {
            boolean fails = CALLS.contains(method.getName()) && calls.incrementAndGet() == failing;
            if (fails && !(afterCommit && method.getName().equals("commit"))) {
                throw failure;
            }
            Object result = invoke(method, real, arguments);
            if (fails) {
                throw failure;
            }
            if (real instanceof Connection) {
                count(method.getName());
            }
            return wrapped(result);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }

    private void count(String call) {
        switch (call) {
            case "close" -> open.decrementAndGet();
            case "commit" -> commits.incrementAndGet();
            default -> {
            }
        }
    }

    private Object wrapped(Object result) {
        return switch (result) {
            case PreparedStatement statement -> proxy(PreparedStatement.class, statement);
            case Statement statement -> proxy(Statement.class, statement);
            case null, default -> result;
        };
    }

    private static Object invoke(Method method, Object real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

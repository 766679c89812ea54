package io.tokensync.common.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one server: not more than the bound, each with the time it has left. When there are too many, one that
 * is not being answered goes, the oldest first: a client that asks at once is answered however many only hold on.
 */
final class OpenConnections implements AutoCloseable {
    private final HttpBounds bounds;
    private final Map<Connection, Future<?>> open = new LinkedHashMap<>();
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("tokensync-http-watch").factory());
    private boolean closed;

    OpenConnections(HttpBounds bounds) {
        this.bounds = bounds;
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Lets it in, and another one out when there is no room; false when this has been closed. */
    synchronized boolean admit(Connection connection) {
        if (closed) {
            return false;
        }
        if (open.size() >= bounds.connections()) {
            Connection victim = open.keySet().stream().filter(it -> !it.isAnswering()).findFirst()
                    .orElseGet(() -> open.keySet().iterator().next());
            remove(victim);
        }
        open.put(connection, closeAfter(connection, bounds.headTime()));
        return true;
    }

    /** The connection has asked: from now on it has the time for an answer. */
    synchronized void asked(Connection connection) {
        if (open.containsKey(connection)) {
            open.put(connection, closeAfter(connection, bounds.answerTime())).cancel(false);
        }
    }

    /** Closes it. */
    synchronized void remove(Connection connection) {
        Future<?> end = open.remove(connection);
        if (end != null) {
            end.cancel(false);
        }
        connection.close();
    }

    synchronized int size() {
        return open.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.shutdownNow();
        open.keySet().forEach(Connection::close);
        open.clear();
    }

    private Future<?> closeAfter(Connection connection, Duration time) {
        return watch.schedule(connection::close, time.toNanos(), TimeUnit.NANOSECONDS);
    }
}

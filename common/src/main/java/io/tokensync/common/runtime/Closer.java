package io.tokensync.common.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what has been opened, in reverse order, each thing once. Everything is closed whatever fails; the first failure
 * is thrown with the later ones suppressed. What is registered after closing is closed at once. Thread-safe.
 */
public final class Closer implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /**
     * Takes charge of a resource and returns it.
     *
     * @throws IllegalStateException when this closer is closed already; the resource is then closed as well
     */
    public <T extends AutoCloseable> T register(T resource) {
        synchronized (this) {
            if (!closed) {
                open.push(resource);
                return resource;
            }
        }
        IllegalStateException late = new IllegalStateException(
                "already closed: " + resource.getClass().getSimpleName());
        add(late, close(resource));
        throw late;
    }

    /** Closes everything because of this failure; what fails while closing is suppressed in it. */
    public void closeAfter(Throwable failure) {
        for (AutoCloseable next = next(); next != null; next = next()) {
            add(failure, close(next));
        }
    }

    /** Idempotent. A checked exception is thrown inside an {@link IllegalStateException}. */
    @Override
    public void close() {
        Throwable first = null;
        for (AutoCloseable next = next(); next != null; next = next()) {
            Throwable failure = close(next);
            if (first == null) {
                first = failure;
            } else {
                add(first, failure);
            }
        }
        rethrow(first);
    }

    private synchronized AutoCloseable next() {
        closed = true;
        return open.poll();
    }

    private static Throwable close(AutoCloseable resource) {
        try {
            resource.close();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        } catch (Throwable e) { // whatever it is, the rest must be closed
            return e;
        }
    }

    private static void add(Throwable first, Throwable later) {
        if (later != null && !later.equals(first)) {
            first.addSuppressed(later);
        }
    }

    private static void rethrow(Throwable failure) {
        switch (failure) {
            case null -> {
            }
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException("closing failed: " + failure.getMessage(), failure);
        }
    }
}

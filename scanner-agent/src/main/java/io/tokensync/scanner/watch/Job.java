package io.tokensync.scanner.watch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Something that was begun on a thread of a {@link Watchdog}, to be waited for there.
 *
 * @param <T> its result
 * @param <X> its failure
 */
public final class Job<T, X extends Exception> {
    private final Lane lane;
    private final Path place;
    private final Instant begun;
    private final CompletableFuture<T> result;

    Job(Lane lane, Path place, Instant begun, CompletableFuture<T> result) {
        this.lane = lane;
        this.place = place;
        this.begun = begun;
        this.result = result;
    }

    Lane lane() {
        return lane;
    }

    Path place() {
        return place;
    }

    Instant begun() {
        return begun;
    }

    CompletableFuture<T> result() {
        return result;
    }

    /** The result, or the failure of the task, which throws this type or what is unchecked. */
    @SuppressWarnings("unchecked")
    T outcome() throws X, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                default -> throw (X) e.getCause();
            }
        }
    }
}

package io.tokensync.scanner.sqlite;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads the next rows of a walk while those before them are worked on, on a thread of its own. */
final class ReadAhead implements AutoCloseable {
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("scanner-read").daemon().factory());

    /** Reads some rows. */
    @FunctionalInterface
    interface Load {
        List<RawRow> run() throws DatabaseProblemException, InterruptedException;
    }

    /** Starts reading. */
    Future<List<RawRow>> start(Load load) {
        return thread.submit(load::run);
    }

    /** Waits for what was started; fails as its reading did. */
    static List<RawRow> await(Future<List<RawRow>> rows) throws DatabaseProblemException, InterruptedException {
        try {
            return rows.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case DatabaseProblemException problem -> throw problem;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException failure -> throw failure;
                default -> throw new IllegalStateException("reading ahead failed", e.getCause());
            }
        }
    }

    /** Gives up what has not begun, and waits for what has: nobody may close a connection that somebody reads from. */
    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}

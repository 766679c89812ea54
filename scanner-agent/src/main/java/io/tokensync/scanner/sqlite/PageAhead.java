package io.tokensync.scanner.sqlite;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the next page of a walk while the one before it is worked on, on a thread of its own. The page is one short read
 * like any other; it only begins earlier.
 */
final class PageAhead implements AutoCloseable {
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("scanner-read").daemon().factory());

    /** Reads a page. */
    @FunctionalInterface
    interface Load {
        RowPage run() throws DatabaseProblemException, InterruptedException;
    }

    /** Starts reading a page. */
    Future<RowPage> start(Load load) {
        return thread.submit(load::run);
    }

    /** Waits for a page that was started; fails as its reading did. */
    static RowPage await(Future<RowPage> page) throws DatabaseProblemException, InterruptedException {
        try {
            return page.get();
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

package io.tokensync.scanner.source;

import java.nio.file.Path;

import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.watch.HangException;
import io.tokensync.scanner.watch.Job;
import io.tokensync.scanner.watch.Watchdog;

/** Whatever is done with a database's files, so that one that hangs is a problem of that database alone. */
public final class DatabaseWatch {
    private final Watchdog watchdog;

    public DatabaseWatch(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    /**
     * Does something with the files of a database and waits for it.
     *
     * @param doing in words, for people: "opening it"
     * @throws DatabaseProblemException also when it hangs, or something before it still does
     */
    public <T> T call(Path database, String doing, Watchdog.Task<T, DatabaseProblemException> task)
            throws DatabaseProblemException, InterruptedException {
        return await(database, start(database, doing, task));
    }

    /** As {@link #call}, to be waited for later. */
    public <T> Job<T, DatabaseProblemException> start(Path database, String doing,
            Watchdog.Task<T, DatabaseProblemException> task) throws DatabaseProblemException {
        try {
            return watchdog.start(database, doing, task);
        } catch (HangException e) {
            throw problem(database, e);
        }
    }

    /** Waits for what was started. */
    public <T> T await(Path database, Job<T, DatabaseProblemException> job)
            throws DatabaseProblemException, InterruptedException {
        try {
            return watchdog.await(job);
        } catch (HangException e) {
            throw problem(database, e);
        }
    }

    /** Closes what was opened, after everything that is under way; does not wait for what hangs. */
    public void close(Path database, Runnable closing) {
        watchdog.close(database, closing);
    }

    private static DatabaseProblemException problem(Path database, HangException e) {
        return new DatabaseProblemException(new Problem(ProblemKind.HANGS, database, e.hang().describe()), e);
    }
}

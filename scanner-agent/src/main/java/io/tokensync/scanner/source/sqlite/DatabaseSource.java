package io.tokensync.scanner.source.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.sqlite.file.ChangeWatch;
import io.tokensync.scanner.source.sqlite.file.DatabaseStamp;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.watch.Watchdog;

/**
 * The node databases of this machine: tells which have changed since they were read, and reads them. Whatever hangs is a
 * {@link DatabaseProblemException} of its database alone. One thread.
 */
public final class DatabaseSource implements AutoCloseable {
    private final DatabaseWatch watch;
    private final DatabaseOpener opener;
    private final ChangeWatch changes;

    /**
     * @param copies directory for copies, of this source alone; need not be there
     * @param files what is done with the files is done on it
     */
    public DatabaseSource(ReadingConfig config, Path copies, Watchdog files, Clock clock, Sleeper sleeper) {
        this.watch = new DatabaseWatch(files);
        this.opener = new DatabaseOpener(config, copies, watch, clock, sleeper);
        this.changes = new ChangeWatch(config.heldConnections(), watch);
    }

    /** Does something else with the files of a database, which are described in words for people: "looking at it". */
    public <T> T call(Path file, String doing, Watchdog.Task<T, DatabaseProblemException> task)
            throws DatabaseProblemException, InterruptedException {
        return watch.call(file, doing, task);
    }

    /** The stamp of a database now. */
    public DatabaseStamp stamp(Path file) throws DatabaseProblemException, InterruptedException {
        return watch.call(file, "looking at it", _ -> DatabaseStamp.of(file));
    }

    /**
     * Looks whether a database is as it was read.
     *
     * @param remembered what {@link DatabaseStamp#rememberedAt} gave for the last reading; null to have it read
     */
    public ChangeWatch.Look look(Path file, String remembered) throws DatabaseProblemException, InterruptedException {
        return changes.look(file, remembered);
    }

    /** About how many rows a table scan will meet, found at once. */
    public long estimatedRows(Path file) throws DatabaseProblemException, InterruptedException {
        return opener.estimatedRows(file);
    }

    /**
     * Opens a database to read it. Whatever is committed from here on is a change.
     *
     * @param stamp of the database before
     * @throws DatabaseProblemException when it cannot be read, is no node's, is busy for too long, or hangs
     */
    public TokenReader open(Path file, DatabaseStamp stamp) throws DatabaseProblemException, InterruptedException {
        changes.begin(file, stamp);
        return opener.open(file);
    }

    /** The reading has not come to its end, or is not to be relied on: it must be read again. */
    public void forget(Path file) {
        changes.forget(file);
    }

    /** Forgets all databases but these. */
    public void retain(Collection<Path> files) {
        changes.retain(files);
    }

    @Override
    public void close() {
        changes.close();
    }
}

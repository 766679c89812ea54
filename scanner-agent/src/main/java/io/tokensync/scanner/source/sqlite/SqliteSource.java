package io.tokensync.scanner.source.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseSource;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.Look;
import io.tokensync.scanner.source.Stamp;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.sqlite.file.ChangeWatch;
import io.tokensync.scanner.source.sqlite.file.DatabaseStamp;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;

/** The databases of nodes before v1, which are SQLite files. */
public final class SqliteSource implements DatabaseSource {
    private final DatabaseWatch watch;
    private final DatabaseOpener opener;
    private final ChangeWatch changes;

    /**
     * @param copies directory for copies, of this source alone; need not be there
     * @param watch what is done with the files is done on it
     */
    public SqliteSource(ReadingConfig config, Path copies, DatabaseWatch watch, Clock clock, Sleeper sleeper) {
        this.watch = watch;
        this.opener = new DatabaseOpener(config, copies, watch, clock, sleeper);
        this.changes = new ChangeWatch(config.heldConnections(), watch);
    }

    @Override
    public Stamp stamp(Path file) throws DatabaseProblemException, InterruptedException {
        return watch.call(file, "looking at it", _ -> DatabaseStamp.of(file));
    }

    @Override
    public Look look(Path file, String remembered) throws DatabaseProblemException, InterruptedException {
        return changes.look(file, remembered);
    }

    @Override
    public long estimatedRows(Path file) throws DatabaseProblemException, InterruptedException {
        return opener.estimatedRows(file);
    }

    @Override
    public TokenRows open(Path file, Stamp stamp, String remembered)
            throws DatabaseProblemException, InterruptedException {
        changes.begin(file, stamp);
        return opener.open(file);
    }

    @Override
    public void forget(Path file) {
        changes.forget(file);
    }

    @Override
    public void retain(Collection<Path> files) {
        changes.retain(files);
    }

    @Override
    public void close() {
        changes.close();
    }
}

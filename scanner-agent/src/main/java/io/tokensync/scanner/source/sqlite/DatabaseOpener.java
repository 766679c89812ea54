package io.tokensync.scanner.source.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;
import io.tokensync.scanner.source.sqlite.file.DatabaseFiles;
import io.tokensync.scanner.source.sqlite.file.NodeConnection;
import io.tokensync.scanner.source.sqlite.file.PrivateCopy;
import io.tokensync.scanner.source.sqlite.file.ReadingConfig;
import io.tokensync.scanner.source.sqlite.file.SqliteFailure;
import io.tokensync.scanner.watch.Progress;

/** Opens databases so that nothing is left beside them: in place when SQLite reads without a trace, else as a copy. */
public final class DatabaseOpener {
    /** What a row takes with its place in the index. */
    private static final int BYTES_PER_ROW = 250;

    private final ReadingConfig config;
    private final Path copies;
    private final DatabaseWatch watch;
    private final Clock clock;
    private final Sleeper sleeper;
    private long taken;

    /**
     * @param copies directory for copies, of this opener alone; need not be there
     */
    public DatabaseOpener(ReadingConfig config, Path copies, DatabaseWatch watch, Clock clock, Sleeper sleeper) {
        this.config = config;
        this.copies = copies;
        this.watch = watch;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Opens the database and looks at its schema. One reader at a time.
     *
     * @throws DatabaseProblemException when it cannot be read, is no node's, is busy for too long, or hangs
     */
    public TokenReader open(Path file) throws DatabaseProblemException, InterruptedException {
        Path copy = copies.resolve(String.valueOf(taken++));
        OpenDatabase database = watch.call(file, "opening it", progress -> open(file, copy, progress));
        return TokenReader.of(database, config, watch);
    }

    private OpenDatabase open(Path file, Path copy, Progress progress)
            throws DatabaseProblemException, InterruptedException {
        DatabaseFiles files = new DatabaseFiles(file);
        if (leavesTraces(files)) {
            return copied(files, copy, progress);
        }
        try {
            return OpenDatabase.of(NodeConnection.open(file, config, sleeper));
        } catch (DatabaseProblemException e) {
            if (SqliteFailure.isForTheOwnerOnly(e.getCause())) {
                return copied(files, copy, progress);
            }
            throw e;
        }
    }

    /**
     * About how many rows a table scan will meet, found at once.
     *
     * @throws DatabaseProblemException as {@link #open}
     */
    public long estimatedRows(Path file) throws DatabaseProblemException, InterruptedException {
        return watch.call(file, "estimating its size", _ -> estimated(file));
    }

    private long estimated(Path file) throws DatabaseProblemException, InterruptedException {
        if (leavesTraces(new DatabaseFiles(file))) {
            return estimatedBySize(file);
        }
        try (OpenDatabase database = OpenDatabase.of(NodeConnection.open(file, config, sleeper))) {
            return database.estimatedRows();
        }
    }

    /** Each copy has a directory of its own: one that hangs may go on when the next has been made. */
    private OpenDatabase copied(DatabaseFiles files, Path directory, Progress progress)
            throws DatabaseProblemException, InterruptedException {
        PrivateCopy copy = PrivateCopy.take(files, directory, clock, sleeper, progress);
        try {
            return OpenDatabase.of(NodeConnection.openCopy(files.database(), copy, config, sleeper));
        } catch (DatabaseProblemException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private static long estimatedBySize(Path file) throws DatabaseProblemException {
        try {
            return Files.size(file) / BYTES_PER_ROW;
        } catch (IOException e) {
            throw DatabaseProblemException.of(file, e);
        }
    }

    private static boolean leavesTraces(DatabaseFiles files) throws DatabaseProblemException {
        Path file = files.database();
        try {
            files.requireRegular();
            if (Files.size(file) == 0) {
                throw new DatabaseProblemException(new Problem(ProblemKind.EMPTY_FILE, file, "is empty"), null);
            }
            return files.leavesTracesWhenRead();
        } catch (IOException e) {
            throw DatabaseProblemException.of(file, e);
        }
    }
}

package io.tokensync.scanner.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/** Opens databases so that nothing is left beside them: in place when SQLite reads without a trace, else as a copy. */
public final class DatabaseOpener {
    /** What a row takes with its place in the index. */
    private static final int BYTES_PER_ROW = 250;

    private final ReadingConfig config;
    private final Path copies;
    private final Clock clock;
    private final Sleeper sleeper;

    /**
     * @param copies directory for copies, of this opener alone; need not be there
     */
    public DatabaseOpener(ReadingConfig config, Path copies, Clock clock, Sleeper sleeper) {
        this.config = config;
        this.copies = copies;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Opens the database and looks at its schema. One reader at a time.
     *
     * @throws DatabaseProblemException when it cannot be read, is no node's, or is busy for too long
     */
    public TokenReader open(Path file) throws DatabaseProblemException, InterruptedException {
        DatabaseFiles files = new DatabaseFiles(file);
        if (leavesTraces(files)) {
            return copied(files);
        }
        try {
            return TokenReader.of(NodeConnection.open(file, config, sleeper), config);
        } catch (DatabaseProblemException e) {
            if (SqliteFailure.isForTheOwnerOnly(e.getCause())) {
                return copied(files);
            }
            throw e;
        }
    }

    /**
     * About how many rows a walk will meet, found at once.
     *
     * @throws DatabaseProblemException as {@link #open}
     */
    public long estimatedRows(Path file) throws DatabaseProblemException, InterruptedException {
        if (leavesTraces(new DatabaseFiles(file))) {
            return estimatedBySize(file);
        }
        try (TokenReader reader = TokenReader.of(NodeConnection.open(file, config, sleeper), config)) {
            return reader.estimatedRows();
        }
    }

    private TokenReader copied(DatabaseFiles files) throws DatabaseProblemException, InterruptedException {
        PrivateCopy copy = PrivateCopy.take(files, copies, clock, sleeper);
        try {
            return TokenReader.of(NodeConnection.openCopy(files.database(), copy, config, sleeper), config);
        } catch (DatabaseProblemException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private static long estimatedBySize(Path file) throws DatabaseProblemException {
        try {
            return Files.size(file) / BYTES_PER_ROW;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static boolean leavesTraces(DatabaseFiles files) throws DatabaseProblemException {
        Path file = files.database();
        try {
            if (Files.size(file) == 0) {
                throw new DatabaseProblemException(new Problem(ProblemKind.EMPTY_FILE, file, "is empty"), null);
            }
            return files.leavesTracesWhenRead();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static DatabaseProblemException unreadable(Path file, IOException e) {
        return new DatabaseProblemException(
                new Problem(ProblemKind.DATABASE_UNREADABLE, file, "cannot be looked at: " + e), e);
    }
}

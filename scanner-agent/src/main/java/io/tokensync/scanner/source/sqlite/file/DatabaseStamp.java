package io.tokensync.scanner.source.sqlite.file;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.tokensync.common.model.Times;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;

/**
 * What tells, without opening it, whether a database has changed: the stamps of its file and of its write-ahead log. In
 * WAL mode the file itself stands still for hours, so the log is half of it; an empty log is the same as none. The change
 * counter in the file's header is not looked at, because opening and closing the file would drop SQLite's locks in
 * this process; the time of the last change of the inode says as much.
 */
public final class DatabaseStamp {
    /** Times of file systems are as coarse as two seconds. */
    static final Duration GRANULARITY = Duration.ofSeconds(2);
    /** More than the clocks of a file server and of this machine differ by. */
    private static final Duration FAR_AHEAD = Duration.ofDays(1);
    private static final String YOUNG = " young";

    private final FileStamp database;
    private final FileStamp log;

    private DatabaseStamp(FileStamp database, FileStamp log) {
        this.database = database;
        this.log = log;
    }

    /**
     * The stamp now. Taken before the database is read, so that a change during the reading shows.
     *
     * @throws DatabaseProblemException when the file is gone or cannot be looked at, or something that belongs to it is no
     *         regular file
     */
    public static DatabaseStamp of(Path file) throws DatabaseProblemException {
        try {
            new DatabaseFiles(file).requireRegular();
            FileStamp database = FileStamp.of(file);
            if (database == null) {
                throw new DatabaseProblemException(
                        new Problem(ProblemKind.DATABASE_VANISHED, file, "vanished during the scan cycle"), null);
            }
            FileStamp log = FileStamp.of(DatabaseFiles.beside(file, DatabaseFiles.LOG), LinkOption.NOFOLLOW_LINKS);
            return new DatabaseStamp(database, log == null || log.size() == 0 ? null : log);
        } catch (IOException e) {
            throw DatabaseProblemException.of(file, e);
        }
    }

    /** Whether it is of the same file, changed or not. */
    public boolean isOfSameFile(DatabaseStamp other) {
        return database.identity().equals(other.database.identity());
    }

    /** When the content changed last, within what the table holds: the owner of a file may give it any time. */
    public Instant lastModified() {
        return Times.withinYears(log != null && log.modified().isAfter(database.modified())
                ? log.modified()
                : database.modified());
    }

    /**
     * Whether a change after this time would show in the stamp. A file touched just before may be changed again without
     * another time on it; not so a file of which the time lies far ahead, because the clock has been set back since.
     */
    boolean stableAt(Instant now) {
        Instant newest = log != null && log.modified().isAfter(database.newest()) ? log.modified() : database.newest();
        return newest.plus(GRANULARITY).isBefore(now) || newest.isAfter(now.plus(FAR_AHEAD));
    }

    /** What to remember of a reading that began at this time: the text, marked while a change might not show in it. */
    public String rememberedAt(Instant now) {
        return stableAt(now) ? text() : text() + YOUNG;
    }

    /** Whether this was remembered of a reading under the same stamp, marked or not. */
    boolean isOf(String remembered) {
        return remembered != null && (remembered.equals(text()) || remembered.equals(text() + YOUNG));
    }

    /**
     * One line that is equal exactly when the stamps are. SQLite sets the owner of a log that it opens, so that reading
     * changes the time of its inode.
     */
    public String text() {
        return database.text() + (log == null ? "" : " wal " + log.contentText());
    }
}

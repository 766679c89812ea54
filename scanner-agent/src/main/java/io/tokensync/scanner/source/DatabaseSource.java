package io.tokensync.scanner.source;

import java.nio.file.Path;
import java.util.Collection;

/**
 * The databases of this machine's nodes of one generation: tells which have changed since they were read, and reads them. A
 * database is named by the file that it was found by. Whatever hangs is a {@link DatabaseProblemException} of its database
 * alone. One thread.
 */
public interface DatabaseSource extends AutoCloseable {
    /** The stamp of a database now. */
    Stamp stamp(Path file) throws DatabaseProblemException, InterruptedException;

    /**
     * Looks whether a database is as it was read.
     *
     * @param remembered what {@link Stamp#rememberedAt} gave for the last reading; null to have it read
     */
    Look look(Path file, String remembered) throws DatabaseProblemException, InterruptedException;

    /** About how many rows a table scan will meet, found at once. */
    long estimatedRows(Path file) throws DatabaseProblemException, InterruptedException;

    /**
     * Opens a database to read it. Whatever is committed from here on is a change.
     *
     * @param stamp of the database before
     * @param remembered of the last reading to the end, so that what has not changed since need not be read again; null to
     *        have every row read
     * @throws DatabaseProblemException when it cannot be read, is no node's, is busy for too long, or hangs
     */
    TokenRows open(Path file, Stamp stamp, String remembered) throws DatabaseProblemException, InterruptedException;

    /** The reading has not come to its end, or is not to be relied on: it must be read again. */
    void forget(Path file);

    /** Forgets all databases but these. */
    void retain(Collection<Path> files);

    @Override
    void close();
}

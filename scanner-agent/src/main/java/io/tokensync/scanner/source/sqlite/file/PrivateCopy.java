package io.tokensync.scanner.source.sqlite.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.tokensync.common.file.NotRegularFileException;
import io.tokensync.common.file.RegularFile;
import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.watch.Progress;

/**
 * A copy, in the agent's own directory, of a database that nobody has open and that cannot be read in place without
 * leaving files beside it. It is whole because the node's files are the same before and after the copying. What a node
 * that was killed has left in its log or journal is copied too, and recovered in the copy.
 */
public final class PrivateCopy implements AutoCloseable {
    /** Nodes fold a log into the database when it has 4 MB; a file of any size could be put in its place. */
    static final long LONGEST_LOG = 1L << 30;
    /** Left free for the agent's own state, which is on the same file system. */
    private static final long RESERVE = 64L << 20;
    private static final long STEP = 1L << 20;

    private final Path directory;
    private final Path file;

    private PrivateCopy(Path directory, Path file) {
        this.directory = directory;
        this.file = file;
    }

    /**
     * Copies the database.
     *
     * @param directory where to; of this copy alone, emptied first
     * @param progress notified of each megabyte
     * @throws DatabaseProblemException when it cannot be read, there is no room for it, or somebody has opened it meanwhile
     */
    public static PrivateCopy take(DatabaseFiles files, Path directory, Clock clock, Sleeper sleeper, Progress progress)
            throws DatabaseProblemException, InterruptedException {
        if (!DatabaseStamp.of(files.database()).stableAt(clock.instant())) {
            // A change in the same tick of the file system's clock would not show.
            sleeper.sleep(DatabaseStamp.GRANULARITY);
        }
        PrivateCopy copy = new PrivateCopy(directory, directory.resolve("copy.db"));
        try {
            copy.fill(files, progress);
            return copy;
        } catch (NotRegularFileException e) {
            copy.close();
            throw DatabaseProblemException.of(files.database(), e);
        } catch (AccessDeniedException e) {
            copy.close();
            throw problem(ProblemKind.DATABASE_UNREADABLE, files, "cannot be read: access denied", e);
        } catch (IOException e) {
            copy.close();
            throw problem(ProblemKind.COPY_FAILED, files,
                    "nobody has it open, so a copy of it is read, which could not be made in " + directory.getParent()
                            + ": " + e,
                    e);
        } catch (DatabaseProblemException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /** Removes what a process that was killed has left. */
    static void clean(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            clean(directory);
            Files.deleteIfExists(directory.getParent()); // unless there is another copy
        } catch (IOException _) {
            // The next copy is made after another try.
        }
    }

    private void fill(DatabaseFiles files, Progress progress) throws IOException, DatabaseProblemException {
        clean(directory);
        Files.createDirectories(directory);
        String before = files.text();
        Map<String, Path> content = files.content();
        requireRoom(content);
        for (Map.Entry<String, Path> part : content.entrySet()) {
            copy(part.getValue(), file.resolveSibling(file.getFileName() + part.getKey()), progress);
        }
        if (!files.text().equals(before)) {
            throw problem(ProblemKind.DATABASE_BUSY, files, "somebody opened it while it was copied", null);
        }
    }

    private void requireRoom(Map<String, Path> content) throws IOException {
        Path log = content.get(DatabaseFiles.LOG);
        if (log != null && Files.size(log) > LONGEST_LOG) {
            throw new IOException("its log has " + Files.size(log) + " bytes, and at most " + LONGEST_LOG
                    + " are copied");
        }
        long needed = RESERVE;
        for (Path part : content.values()) {
            needed += Files.size(part);
        }
        long free = Files.getFileStore(directory).getUsableSpace();
        if (needed > free) {
            // Not how much is free: with a number of its own in each cycle it would be another problem in each.
            throw new IOException("no room: it takes " + mebibytes(needed) + " MiB, of which " + mebibytes(RESERVE)
                    + " stay free for the state, and there is less");
        }
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }

    /** Not beyond the size that it has now: what comes behind shows in the stamp. */
    private static void copy(Path from, Path to, Progress progress) throws IOException {
        try (FileChannel source = RegularFile.open(from);
                FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            long at = 0;
            long got = 1;
            while (at < size && got > 0) {
                got = source.transferTo(at, Math.min(STEP, size - at), target);
                at += got;
                progress.made();
            }
        }
    }

    private static DatabaseProblemException problem(ProblemKind kind, DatabaseFiles files, String reason, Exception e) {
        return new DatabaseProblemException(new Problem(kind, files.database(), reason), e);
    }
}

package io.tokensync.scanner.sqlite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.tokensync.common.time.Sleeper;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;

/**
 * A copy, in the agent's own directory, of a database that nobody has open and that cannot be read in place without
 * leaving files beside it. It is whole because the node's files are the same before and after the copying. What a node
 * that was killed has left in its log or journal is copied too, and recovered in the copy.
 */
final class PrivateCopy implements AutoCloseable {
    private final Path directory;
    private final Path file;

    private PrivateCopy(Path directory, Path file) {
        this.directory = directory;
        this.file = file;
    }

    /**
     * Copies the database.
     *
     * @param directory where to; emptied first. One copy at a time
     * @throws DatabaseProblemException when it cannot be read, there is no room for it, or somebody has opened it meanwhile
     */
    static PrivateCopy take(DatabaseFiles files, Path directory, Clock clock, Sleeper sleeper)
            throws DatabaseProblemException, InterruptedException {
        if (!DatabaseStamp.of(files.database()).settledAt(clock.instant())) {
            // A change in the same tick of the file system's clock would not show.
            sleeper.sleep(DatabaseStamp.GRANULARITY);
        }
        PrivateCopy copy = new PrivateCopy(directory, directory.resolve("copy.db"));
        try {
            copy.fill(files);
            return copy;
        } catch (AccessDeniedException e) {
            copy.close();
            throw problem(ProblemKind.DATABASE_UNREADABLE, files, "cannot be read: access denied", e);
        } catch (IOException e) {
            copy.close();
            throw problem(ProblemKind.COPY_FAILED, files,
                    "nobody has it open, so a copy of it is read, which could not be made in " + directory + ": " + e,
                    e);
        } catch (DatabaseProblemException e) {
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
        } catch (IOException _) {
            // The next copy is made after another try.
        }
    }

    private void fill(DatabaseFiles files) throws IOException, DatabaseProblemException {
        clean(directory);
        Files.createDirectories(directory);
        String before = files.text();
        for (Map.Entry<String, Path> part : files.content().entrySet()) {
            Files.copy(part.getValue(), file.resolveSibling(file.getFileName() + part.getKey()));
        }
        if (!files.text().equals(before)) {
            throw problem(ProblemKind.DATABASE_BUSY, files, "somebody opened it while it was copied", null);
        }
    }

    private static DatabaseProblemException problem(ProblemKind kind, DatabaseFiles files, String reason, Exception e) {
        return new DatabaseProblemException(new Problem(kind, files.database(), reason), e);
    }
}

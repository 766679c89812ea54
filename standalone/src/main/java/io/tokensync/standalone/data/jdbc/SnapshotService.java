package io.tokensync.standalone.data.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.standalone.data.PrivateFiles;

/**
 * Copies the embedded database for commands of other processes, on demand, in the process that has it open: a file
 * {@code X.request} is answered by {@code X.zip}, or by {@code X.failed} with the reason. Whoever may write into the
 * directory may read the database as well, so nobody is asked who he is.
 */
public final class SnapshotService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SnapshotService.class);
    private static final long PAUSE_MS = 100;
    private static final long LONGEST_CLOSE_SECONDS = 20;

    static final String REQUEST = ".request";
    static final String COPY = ".zip";
    static final String FAILED = ".failed";
    private static final String UNFINISHED = ".unfinished";

    private final EmbeddedDatabase database;
    private final Path directory;
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("tokensync-snapshots").factory());

    private SnapshotService(EmbeddedDatabase database, Path directory) {
        this.database = database;
        this.directory = directory;
    }

    /** Starts to answer; what is left of requests of the past is removed. */
    public static SnapshotService start(EmbeddedDatabase database, Path directory) {
        SnapshotService service = new SnapshotService(database, directory);
        service.clear();
        var _ = service.thread.scheduleWithFixedDelay(service::answerAll, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
        return service;
    }

    private void answerAll() {
        try {
            for (Path request : requests()) {
                answer(request);
            }
        } catch (IOException | UncheckedIOException e) {
            log.atWarn().setMessage("copies of the database cannot be asked for").addKeyValue("directory", directory)
                    .addKeyValue("cause", e.toString()).log();
        }
    }

    /** A command that was killed has left its copy behind; whoever still waits asks again. */
    private void clear() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(path -> !path.equals(directory)).sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            log.atWarn().setMessage("old copies of the database cannot be removed").addKeyValue("cause", e.toString())
                    .log();
        }
    }

    private List<Path> requests() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(REQUEST)).sorted().toList();
        }
    }

    private void answer(Path request) throws IOException {
        Path copy = sibling(request, COPY);
        Path unfinished = sibling(request, UNFINISHED);
        try {
            requireRoom();
            Files.deleteIfExists(unfinished);
            database.backUp(unfinished);
            Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException | IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            PrivateFiles.write(sibling(request, FAILED), e.getMessage().lines().findFirst().orElse(e.toString()));
        }
        Files.deleteIfExists(request);
    }

    /** The copy is packed, and unpacked beside that: a full disk would stop the pipeline. */
    private void requireRoom() throws IOException {
        long size = Files.size(database.file());
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free / 3 < size) {
            throw new IOException("there is no room for a copy of the table: " + (size >> 20)
                    + " MiB of it on a disk with " + (free >> 20)
                    + " MiB free, of which three times as much is wanted; stop local to ask without a copy");
        }
    }

    static Path sibling(Path request, String suffix) {
        String name = request.getFileName().toString();
        return request.resolveSibling(name.substring(0, name.lastIndexOf('.')) + suffix);
    }

    @Override
    public void close() {
        thread.shutdown(); // an interrupt in the middle of its work would close the database's file for everybody
        try {
            boolean _ = thread.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

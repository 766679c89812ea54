package io.tokensync.standalone.data.jdbc;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.time.Sleeper;
import io.tokensync.standalone.data.DataDirectory;
import io.tokensync.standalone.data.DataDirectoryException;
import io.tokensync.standalone.data.PrivateFiles;

/**
 * The embedded database as it stands, for a command of another process than the one that writes it: what is asked costs
 * memory and time of the process that asks. While nobody has the data directory it is the file itself, opened to be read
 * only, and kept from being taken; while {@code local} runs it is a copy that {@code local} makes, removed at the end.
 */
public final class Snapshot implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** A process that holds the directory for so long without answering is none that copies. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final EmbeddedDatabase database;
    private final Path place;
    private final FileChannel share;

    private Snapshot(EmbeddedDatabase database, Path place, FileChannel share) {
        this.database = database;
        this.place = place;
        this.share = share;
    }

    /**
     * Opens it.
     *
     * @throws DataDirectoryException when there is no database, or no copy of it can be had
     */
    public static Snapshot open(Path data, Clock clock, Sleeper sleeper) throws InterruptedException {
        EmbeddedDatabase database = EmbeddedDatabase.of(data);
        if (!database.exists()) {
            throw new DataDirectoryException("there is no database under " + DataDirectory.root(data)
                    + ": run ./tokensync local --nodes DIR --data " + data
                    + " first, or name its directory with --data DIR");
        }
        Path request = DataDirectory.snapshots(data).resolve(UUID.randomUUID() + SnapshotService.REQUEST);
        try {
            return open(data, database, request, new Wait(clock, sleeper));
        } catch (IOException e) {
            throw new DataDirectoryException("the copy of the table cannot be made (" + e + ")");
        } finally {
            removeQuietly(request);
        }
    }

    /** How long is waited for the process that has the directory. */
    private record Wait(Clock clock, Sleeper sleeper, Instant end) {
        Wait(Clock clock, Sleeper sleeper) {
            this(clock, sleeper, clock.instant().plus(LONGEST_WAIT));
        }

        void next(Path data) throws InterruptedException {
            if (clock.instant().isAfter(end)) {
                throw new DataDirectoryException("another tokensync process is using " + DataDirectory.root(data)
                        + ", and does not hand out copies of the table; try again when it has ended");
            }
            sleeper.sleep(PAUSE);
        }
    }

    private static Snapshot open(Path data, EmbeddedDatabase database, Path request, Wait wait)
            throws IOException, InterruptedException {
        while (true) {
            Optional<FileChannel> share = DataDirectory.tryShare(data);
            if (share.isPresent()) {
                return new Snapshot(database, database.directory(), share.get()).orTakenOver(data);
            }
            Path copy = SnapshotService.sibling(request, SnapshotService.COPY);
            if (Files.exists(copy)) {
                return new Snapshot(database, unpack(copy), null);
            }
            Path failed = SnapshotService.sibling(request, SnapshotService.FAILED);
            if (Files.exists(failed)) {
                String why = PrivateFiles.read(failed);
                Files.delete(failed);
                throw new DataDirectoryException(why);
            }
            if (!Files.exists(request) && !Files.exists(copy) && !Files.exists(failed)
                    && Files.isDirectory(request.getParent())) {
                PrivateFiles.write(request, "");
            }
            wait.next(data);
        }
    }

    /** A database of an earlier version knows no reader with a password yet; it is taken over now. */
    private Snapshot orTakenOver(Path data) throws InterruptedException {
        try (Connection _ = connect()) {
            return this;
        } catch (SQLException _) {
            close();
        }
        try (DataDirectory _ = DataDirectory.openExisting(data)) {
            List<String> _ = database.secure();
            database.admit();
        }
        FileChannel again = DataDirectory.tryShare(data).orElseThrow(
                () -> new DataDirectoryException("another tokensync process is using " + DataDirectory.root(data)));
        return new Snapshot(database, place, again);
    }

    private static Path unpack(Path zip) throws IOException {
        Path directory = SnapshotService.sibling(zip, ".copy");
        PrivateFiles.createDirectory(directory);
        directory.toFile().deleteOnExit();
        try (ZipInputStream in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(zip)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = directory.resolve(Path.of(entry.getName()).getFileName().toString());
                Files.copy(in, file);
                file.toFile().deleteOnExit();
            }
        } catch (IOException e) {
            remove(directory);
            throw e;
        } finally {
            Files.deleteIfExists(zip);
        }
        return directory;
    }

    /** The way in, for a user that may only SELECT. */
    public SqlSettings settings() {
        return database.standingStill(place);
    }

    /** A connection of that user. */
    public Connection connect() throws SQLException {
        return EmbeddedDatabase.connect(settings());
    }

    @Override
    public void close() {
        try {
            if (share == null) {
                remove(place);
            } else {
                share.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + place, e);
        }
    }

    private static void remove(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static void removeQuietly(Path request) {
        try {
            Files.deleteIfExists(request);
        } catch (IOException _) {
            // It asks for a copy that nobody fetches; the next start of local removes both.
        }
    }
}

package io.tokensync.standalone.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.tokensync.common.time.Sleeper;

/**
 * The directory under which {@code local} and {@code demo} keep everything that must outlive them: the broker's log,
 * the agents' state, the table, the log files. One process at a time owns it, and no other user of the machine has
 * a way in.
 */
public final class DataDirectory implements AutoCloseable {
    /** Where earlier versions kept their table. */
    public static final String EARLIER_DATABASE = "h2";
    private static final List<String> PARTS = List.of("kafka", "agents", "logs", "reports");
    private static final List<String> OF_EARLIER_VERSIONS = List.of(EARLIER_DATABASE, "snapshots");
    private static final String DATABASE = "tokens.db";
    private static final String DATABASE_ID = "database.id";
    private static final List<String> FILES = List.of(DATABASE, DATABASE + "-wal", DATABASE + "-shm", DATABASE_ID);
    private static final String LOCK = "tokensync.lock";
    private static final int ATTEMPTS = 120;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);
    private static final Sleeper SLEEPER = Sleeper.system();

    private final Path root;
    private final FileChannel channel;
    private final List<String> remarks;

    /** Another process has the directory; the message says so. */
    private static final class InUse extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private DataDirectory(Path root, FileChannel channel, List<String> remarks) {
        this.root = root;
        this.channel = channel;
        this.remarks = List.copyOf(remarks);
    }

    /**
     * Creates the directory when it is missing and takes it for this process, closed to other users. A command that looks
     * whether it is taken is waited for.
     *
     * @throws DataDirectoryException when another process has it, or it cannot be written
     */
    public static DataDirectory open(Path directory) throws InterruptedException {
        Path root = root(directory);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<DataDirectory> taken = take(root);
            if (taken.isPresent()) {
                return taken.get();
            }
            if (!isOnlyRead(root)) {
                throw new DataDirectoryException("another tokensync process is using " + root
                        + "; stop it, or choose another directory with --data DIR");
            }
            SLEEPER.sleep(BETWEEN_ATTEMPTS);
        }
        throw new DataDirectoryException("a tokensync command is looking at " + root
                + "; try again when it has ended, or choose another directory with --data DIR");
    }

    private static boolean isOnlyRead(Path root) {
        try (FileChannel shared = tryShare(root).orElse(null)) {
            return shared != null;
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /**
     * Takes a directory that {@code local} or {@code demo} has made.
     *
     * @throws DataDirectoryException as {@link #open}, and when it is none
     */
    public static DataDirectory openExisting(Path directory) throws InterruptedException {
        requireExisting(directory);
        return open(directory);
    }

    /** As {@link #openExisting}; empty while another process has it. */
    public static Optional<DataDirectory> tryOpenExisting(Path directory) {
        requireExisting(directory);
        return take(root(directory));
    }

    /**
     * Keeps the directory from being taken until this is closed, side by side with others that only read; empty while a
     * process has it.
     */
    public static Optional<FileChannel> tryShare(Path directory) {
        Path root = root(directory);
        try {
            return Optional.of(lock(root.resolve(LOCK), true));
        } catch (InUse _) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static void requireExisting(Path directory) {
        if (!Files.isDirectory(directory.resolve("kafka"))) {
            throw new DataDirectoryException(root(directory)
                    + " is not a data directory of local or demo; say which is with --data DIR");
        }
    }

    private static Optional<DataDirectory> take(Path root) {
        PrivateFiles.byDefault();
        try {
            PrivateFiles.createDirectory(root);
            FileChannel channel = lock(root.resolve(LOCK), false);
            try {
                List<String> remarks = PrivateFiles.close(root);
                createParts(root);
                return Optional.of(new DataDirectory(root, channel, remarks));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (InUse _) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static FileChannel lock(Path file, boolean shared) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException _) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new InUse();
        }
        return channel;
    }

    private static DataDirectoryException unusable(Path root, IOException cause) {
        return new DataDirectoryException("the data directory " + root + " cannot be written (" + cause
                + "); choose another one with --data DIR, or repair its permissions");
    }

    /** The absolute path of a data directory. */
    public static Path root(Path directory) {
        return directory.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** Says what somebody should know of who can get at the data. */
    public DataDirectory warn(Consumer<String> err) {
        remarks.forEach(remark -> err.accept("warning: " + remark));
        return this;
    }

    /** Forgets everything: the next run starts from nothing. Files of anybody else stay. */
    public void clear() {
        try {
            for (String part : PARTS) {
                delete(root.resolve(part));
            }
            for (String part : OF_EARLIER_VERSIONS) {
                if (Files.isDirectory(root.resolve(part))) {
                    delete(root.resolve(part));
                }
            }
            for (String file : FILES) {
                Files.deleteIfExists(root.resolve(file));
            }
            createParts(root);
        } catch (IOException e) {
            throw new DataDirectoryException("the data directory " + root + " cannot be cleared (" + e
                    + "); remove it, or choose another one with --data DIR");
        }
    }

    private static void createParts(Path root) throws IOException {
        for (String part : PARTS) {
            PrivateFiles.createDirectory(root.resolve(part));
        }
    }

    private static void delete(Path tree) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(tree)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    /** The embedded broker's log. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** The state of the agent with this name. */
    public Path agent(String name) {
        return agent(root, name);
    }

    /** The state of the agent with this name in the data directory that is there, or would be. */
    public static Path agent(Path directory, String name) {
        return root(directory).resolve("agents").resolve(name);
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Where the reports of the sessions are. */
    public Path reports() {
        return root.resolve("reports");
    }

    /** The file of the embedded database; beside it are those of its write-ahead log. */
    public static Path database(Path directory) {
        return root(directory).resolve(DATABASE);
    }

    /**
     * A name that the embedded database has as long as its file lives: a database that was removed, and made anew, is
     * another one.
     *
     * @param exists whether the database's file is there
     */
    public String databaseId(boolean exists) {
        Path file = root.resolve(DATABASE_ID);
        try {
            if (!exists || !Files.exists(file)) {
                PrivateFiles.write(file, UUID.randomUUID().toString());
            }
            return PrivateFiles.read(file).strip();
        } catch (IOException e) {
            throw new DataDirectoryException("cannot read or write " + file + " (" + e + ")");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + root, e);
        }
    }
}

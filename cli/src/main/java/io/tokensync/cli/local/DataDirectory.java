package io.tokensync.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory under which {@code local} and {@code demo} keep everything that must outlive them: the broker's log,
 * the agents' state, the H2 database, the log files. One process at a time owns it.
 */
public final class DataDirectory implements AutoCloseable {
    private static final List<String> PARTS = List.of("kafka", "agents", "h2", "logs");

    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Creates the directory when it is missing and takes it for this process.
     *
     * @throws DataDirectoryException when another process has it, or it cannot be written
     */
    public static DataDirectory open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            DataDirectory opened = new DataDirectory(root, lock(root.resolve("tokensync.lock")));
            opened.createParts();
            return opened;
        } catch (IOException e) {
            throw new DataDirectoryException("the data directory " + root + " cannot be written (" + e
                    + "); choose another one with --data DIR, or mend its permissions");
        }
    }

    /**
     * Takes a directory that {@code local} or {@code demo} has made.
     *
     * @throws DataDirectoryException as {@link #open}, and when it is none
     */
    public static DataDirectory openExisting(Path directory) {
        if (!Files.isDirectory(directory.resolve("kafka"))) {
            throw new DataDirectoryException(directory.toAbsolutePath().normalize()
                    + " is not a data directory of local or demo; say which is with --data DIR");
        }
        return open(directory);
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new DataDirectoryException("another tokensync process is using " + file.getParent()
                    + "; stop it, or choose another directory with --data DIR");
        }
        return channel;
    }

    public Path root() {
        return root;
    }

    /** Forgets everything: the next run starts from nothing. Files of anybody else stay. */
    public void clear() {
        try {
            for (String part : PARTS) {
                delete(root.resolve(part));
            }
            createParts();
        } catch (IOException e) {
            throw new DataDirectoryException("the data directory " + root + " cannot be cleared (" + e
                    + "); remove it, or choose another one with --data DIR");
        }
    }

    private void createParts() throws IOException {
        for (String part : PARTS) {
            Files.createDirectories(root.resolve(part));
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
        return root.resolve("agents").resolve(name);
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** The file behind the embedded database; H2 adds {@code .mv.db}. */
    public static Path database(Path root) {
        return root.toAbsolutePath().normalize().resolve("h2").resolve("tokens");
    }

    /**
     * A name that the embedded database has as long as its file lives: a database that was removed, and made anew, is
     * another one.
     */
    public String databaseId() {
        Path file = root.resolve("h2").resolve("database.id");
        try {
            if (!Files.exists(Path.of(database(root) + ".mv.db")) || !Files.exists(file)) {
                Files.writeString(file, UUID.randomUUID().toString());
            }
            return Files.readString(file).strip();
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

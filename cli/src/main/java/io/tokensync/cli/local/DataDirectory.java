package io.tokensync.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory under which {@code local} and {@code demo} keep everything that must outlive them: the broker's log,
 * the agents' state, the H2 database, the log files. One process at a time owns it.
 */
public final class DataDirectory implements AutoCloseable {
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
            for (String part : new String[]{"kafka", "agents", "h2", "logs"}) {
                Files.createDirectories(root.resolve(part));
            }
            return new DataDirectory(root, lock(root.resolve("tokensync.lock")));
        } catch (IOException e) {
            throw new DataDirectoryException("the data directory " + root + " cannot be written (" + e
                    + "); choose another one with --data DIR, or mend its permissions");
        }
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

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + root, e);
        }
    }
}

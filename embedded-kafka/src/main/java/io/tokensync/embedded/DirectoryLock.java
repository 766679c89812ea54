package io.tokensync.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second broker, of this process or another, out of a directory. The operating system lifts it when we die. */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "broker.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the directory when it is absent and takes it; a message for people when that is not possible. */
    static DirectoryLock take(Path directory) {
        FileChannel channel = open(directory);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            taken = false;
        } catch (IOException e) {
            throw unusable(directory, e);
        } finally {
            if (!taken) {
                close(channel);
            }
        }
        if (!taken) {
            throw new EmbeddedKafkaException("The directory " + directory
                    + " is in use by another embedded broker. Stop that process, or choose another directory.");
        }
        return new DirectoryLock(channel);
    }

    @Override
    public void close() {
        close(channel);
    }

    private static FileChannel open(Path directory) {
        try {
            Files.createDirectories(directory);
            return FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static EmbeddedKafkaException unusable(Path directory, IOException cause) {
        return new EmbeddedKafkaException("The broker's directory " + directory + " cannot be written (" + cause
                + "). Give this user the right to write there, or choose another directory.", cause);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // Nothing was written; the lock goes with the descriptor or with the process.
        }
    }
}

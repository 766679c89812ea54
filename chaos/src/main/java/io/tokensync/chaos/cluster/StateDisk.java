package io.tokensync.chaos.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.tokensync.chaos.process.Shell;
import io.tokensync.chaos.process.Watchdog;

/** A small file system in memory for the state of one agent, which can be filled. */
public final class StateDisk implements AutoCloseable {
    private static final String FILLER = "filler";

    private final Path directory;
    private final Watchdog watchdog;

    private StateDisk(Path directory, Watchdog watchdog) {
        this.directory = directory;
        this.watchdog = watchdog;
    }

    /** Mounts one on the directory; empty where this user may not. */
    static Optional<StateDisk> mount(Path directory, int mebibytes, Watchdog watchdog) throws IOException {
        Files.createDirectories(directory);
        Shell.Result mounted = Shell.run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tokensync-chaos",
                directory.toString());
        if (!mounted.isGood()) {
            return Optional.empty();
        }
        watchdog.mounted(directory);
        return Optional.of(new StateDisk(directory, watchdog));
    }

    /** Leaves no room. */
    public void fill() {
        byte[] zeros = new byte[4 << 10];
        try (OutputStream out = Files.newOutputStream(directory.resolve(FILLER))) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException _) {
            // No space left, as wanted.
        }
    }

    /** Gives the room back. */
    public void free() {
        try {
            Files.deleteIfExists(directory.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (Shell.run("umount", "-l", directory.toString()).isGood()) {
            watchdog.unmounted(directory);
        }
    }
}

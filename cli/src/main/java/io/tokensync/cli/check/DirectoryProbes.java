package io.tokensync.cli.check;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeFailure;

/** Whether a directory can be what it is to be. */
final class DirectoryProbes {
    private static final double MIB = 1 << 20;

    private DirectoryProbes() {}

    /** How many bytes a directory needs room for. */
    @FunctionalInterface
    interface Need {
        long bytes() throws InterruptedException;
    }

    /**
     * A directory that is written to; one that is not there is made at the first start.
     *
     * @param key that names it
     */
    static Probe written(String name, Path directory, String key, Need need) {
        return new Probe(name, directory.toString(),
                "give this user the right to write into it, or set another " + key,
                () -> writable(directory, key, need.bytes()));
    }

    /** How many entries a directory has. */
    static int listed(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(Files.exists(directory) ? "is no directory" : "does not exist");
        }
        int entries = 0;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path _ : stream) {
                entries++;
            }
        }
        return entries;
    }

    private static String writable(Path directory, String key, long need) throws IOException, ProbeFailure {
        Path existing = directory.toAbsolutePath().normalize();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing)) {
            throw new IOException(existing + " is no directory");
        }
        boolean there = existing.equals(directory.toAbsolutePath().normalize());
        Path trial = existing.resolve(".tokensync-check-" + UUID.randomUUID());
        try {
            Files.write(trial, new byte[1]);
        } catch (IOException e) {
            throw new IOException((there ? "" : existing + " ") + "cannot be written to ("
                    + e.getClass().getSimpleName() + ")", e);
        } finally {
            Files.deleteIfExists(trial);
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        if (free < need) {
            throw new ProbeFailure(mib(free) + " are free, and " + mib(need) + " are needed",
                    "make room, or set another " + key);
        }
        return (there ? "can be written to, " : "is not there yet and can be made, ") + mib(free) + " free";
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%,.0f MiB", Math.floor(bytes / MIB));
    }
}

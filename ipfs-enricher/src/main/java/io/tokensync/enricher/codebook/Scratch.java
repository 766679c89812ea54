package io.tokensync.enricher.codebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;

import io.tokensync.enricher.rubix.OrdinalIndex;

/**
 * The directory in which a codebook is built: keys by their leading bits, eight bytes each, in {@value #PARTITIONS} files.
 * It lies beside the codebook, so that the finished one need only be renamed; what a build that was killed left behind is
 * removed by the next one.
 */
final class Scratch implements AutoCloseable {
    static final int PARTITION_BITS = 6;
    static final int PARTITIONS = 1 << PARTITION_BITS;

    private static final int KEYS_BUFFERED = 4_096;

    private final Path directory;
    private final FileChannel lock;
    private final FileChannel[] partitions = new FileChannel[PARTITIONS];
    private final int partitionShift;

    private Scratch(Path directory, FileChannel lock, int bucketBits) {
        this.directory = directory;
        this.lock = lock;
        this.partitionShift = bucketBits - PARTITION_BITS + Integer.SIZE;
    }

    /** @throws IOException also when another build of the same file is under way */
    static Scratch open(Path codebook, int bucketBits) throws IOException {
        Path directory = codebook.resolveSibling("." + codebook.getFileName() + ".building");
        Files.createDirectories(directory);
        FileChannel lock = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        Scratch scratch = new Scratch(directory, lock, bucketBits);
        try {
            if (!locked(lock)) {
                throw new IOException("another build of " + codebook + " is under way");
            }
            for (int i = 0; i < PARTITIONS; i++) {
                scratch.partitions[i] = FileChannel.open(directory.resolve("keys-" + i), StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ, StandardOpenOption.WRITE);
            }
            return scratch;
        } catch (IOException e) {
            scratch.closeFiles();
            throw e;
        }
    }

    /** Where the codebook itself is written. */
    Path book() {
        return directory.resolve("book");
    }

    /** Takes keys of one thread. */
    Keys keys() {
        return new Keys();
    }

    /** How many keys a partition has. */
    int count(int partition) throws IOException {
        return (int) (partitions[partition].size() / Long.BYTES);
    }

    /** The keys of a partition, sorted; about 7 MB of all tokens. */
    long[] sorted(int partition) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count(partition) * Long.BYTES);
        while (bytes.hasRemaining() && partitions[partition].read(bytes, bytes.position()) > 0) {
            // until all is read
        }
        long[] keys = new long[bytes.flip().remaining() / Long.BYTES];
        bytes.asLongBuffer().get(keys);
        Arrays.sort(keys);
        return keys;
    }

    /** Removes everything. */
    @Override
    public void close() throws IOException {
        closeFiles();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(Scratch::delete);
        }
        Files.deleteIfExists(directory);
    }

    /** Buffers of one thread. */
    final class Keys {
        private final ByteBuffer[] buffers = new ByteBuffer[PARTITIONS];

        private Keys() {
            Arrays.setAll(buffers, _ -> ByteBuffer.allocateDirect(KEYS_BUFFERED * Long.BYTES));
        }

        /** Takes a key as {@link OrdinalIndex#key} makes it. */
        void add(long key) throws IOException {
            int partition = (int) (key >>> partitionShift);
            ByteBuffer buffer = buffers[partition].putLong(key);
            if (!buffer.hasRemaining()) {
                append(partition, buffer);
            }
        }

        void flush() throws IOException {
            for (int i = 0; i < PARTITIONS; i++) {
                append(i, buffers[i]);
            }
        }
    }

    private void append(int partition, ByteBuffer buffer) throws IOException {
        FileChannel channel = partitions[partition];
        buffer.flip();
        synchronized (channel) {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        buffer.clear();
    }

    private void closeFiles() throws IOException {
        for (FileChannel partition : partitions) {
            if (partition != null) {
                partition.close();
            }
        }
        lock.close();
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock held = file.tryLock();
            return held != null;
        } catch (OverlappingFileLockException _) { // held by this process
            return false;
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

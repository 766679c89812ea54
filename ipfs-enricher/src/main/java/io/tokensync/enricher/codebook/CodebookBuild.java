package io.tokensync.enricher.codebook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

import io.tokensync.common.model.TokenLevels;
import io.tokensync.enricher.rubix.OrdinalIndex;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.WholeToken;

/**
 * Makes a codebook in two passes over all its tokens: their ids are hashed and their keys spread over scratch files by the
 * leading bits; then each scratch file is sorted and becomes the run of buckets it holds. Needs about 20 MB a thread, and
 * on disk 13 bytes a token while it runs. The file appears under its name only when it is whole; the same levels give the
 * same bytes.
 */
public final class CodebookBuild {
    private static final int NUMBERS_AT_ONCE = 8_192;
    private static final long SCRATCH_BYTES_PER_TOKEN = 13;
    private static final long MEGA = 1_000_000;

    private final Levels levels;
    private final Path file;
    private final Progress progress;
    private final AtomicLong hashed = new AtomicLong();

    /** Is notified of the progress, and ends the build. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called often, by several threads.
         *
         * @param done from 0 to 1
         * @throws InterruptedException to end the build, which then leaves nothing behind
         */
        void at(double done) throws InterruptedException;
    }

    /** @param file is replaced when it is there */
    public CodebookBuild(Levels levels, Path file, Progress progress) {
        this.levels = levels;
        this.file = file.toAbsolutePath();
        this.progress = progress;
    }

    /** Builds the file with so many threads. */
    public void run(int threads) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        requireSpace();
        int bucketBits = OrdinalIndex.bucketBits(levels.tokens());
        try (Scratch scratch = Scratch.open(file, bucketBits)) {
            int chunks = Math.ceilDiv(levels.mostNumbers(), NUMBERS_AT_ONCE);
            Workers.run(threads, chunks, () -> {
                Scratch.Keys keys = scratch.keys();
                return new Workers.Worker(chunk -> hash(chunk * NUMBERS_AT_ONCE, bucketBits, keys), keys::flush);
            });
            write(scratch, threads, bucketBits);
            Files.move(scratch.book(), file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void requireSpace() throws IOException {
        long needed = levels.tokens() * SCRATCH_BYTES_PER_TOKEN;
        long free = Files.getFileStore(file.getParent()).getUsableSpace();
        if (free < needed) {
            throw new IOException("building " + file + " needs " + Math.ceilDiv(needed, MEGA) + " MB in "
                    + file.getParent() + ", and " + free / MEGA + " MB are free");
        }
    }

    private void hash(int firstNumber, int bucketBits, Scratch.Keys keys) throws IOException, InterruptedException {
        int end = Math.min(firstNumber + NUMBERS_AT_ONCE, levels.mostNumbers());
        long tokens = 0;
        for (int number = firstNumber; number < end; number++) {
            byte[] block = new WholeToken(levels.first(), number).block();
            for (int level = levels.first(); level <= levels.last(); level++) {
                if (number < TokenLevels.numbers(level)) {
                    WholeToken.putLevel(block, level);
                    long bits = ByteBuffer.wrap(HashFunction.SHA2_256.digest(block)).getLong();
                    keys.add(OrdinalIndex.key(bits, TokenLevels.firstOrdinal(level) + number, bucketBits));
                    tokens++;
                }
            }
        }
        progress.at((double) hashed.addAndGet(tokens) / levels.tokens());
    }

    private void write(Scratch scratch, int threads, int bucketBits) throws IOException, InterruptedException {
        int[] firstEntries = firstEntries(scratch);
        long startsBytes = OrdinalIndex.startsBytes(bucketBits);
        long entriesAt = CodebookHeader.BYTES + startsBytes;
        int buckets = 1 << (bucketBits - Scratch.PARTITION_BITS);
        try (FileChannel book = FileChannel.open(scratch.book(), StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Workers.run(threads, Scratch.PARTITIONS, () -> new Workers.Worker(partition -> {
                long[] keys = scratch.sorted(partition);
                ByteBuffer starts = ints(buckets);
                ByteBuffer entries = ints(keys.length);
                int firstBucket = partition * buckets;
                OrdinalIndex.write(keys, firstEntries[partition], firstBucket, starts, entries);
                put(book, starts.flip(), CodebookHeader.BYTES + (long) firstBucket * Integer.BYTES);
                put(book, entries.flip(), entriesAt + (long) firstEntries[partition] * Integer.BYTES);
                progress.at(1);
            }, () -> {}));
            put(book, ints(1).putInt(levels.tokens()).flip(), entriesAt - Integer.BYTES);
            put(book, new CodebookHeader(levels, Codebook.bodyChecksum(book)).write(), 0);
            book.force(true);
        }
    }

    private int[] firstEntries(Scratch scratch) throws IOException {
        int[] first = new int[Scratch.PARTITIONS];
        int entries = 0;
        for (int i = 0; i < Scratch.PARTITIONS; i++) {
            first[i] = entries;
            entries += scratch.count(i);
        }
        if (entries != levels.tokens()) {
            throw new IOException("the scratch files of " + file + " have " + entries + " keys and should have "
                    + levels.tokens() + ": the disk has lost some; build again");
        }
        return first;
    }

    private static ByteBuffer ints(int count) {
        return ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(FileChannel book, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += book.write(bytes, position);
        }
    }
}

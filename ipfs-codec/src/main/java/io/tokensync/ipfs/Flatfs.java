package io.tokensync.ipfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.tokensync.common.file.NotRegularFileException;
import io.tokensync.common.file.RegularFile;
import io.tokensync.common.model.IpfsBlock;

/**
 * The block store below {@code blocks} of an IPFS repository, read-only. It opens block files and {@code SHARDING} and
 * nothing else, takes no lock, follows no link, and can be read while the node writes (Kubo renames whole files into
 * place). Not believed: whoever reads checks the block against its id. Thread-safe.
 */
public final class Flatfs {
    /** Directory of the blocks in a repository. */
    public static final String BLOCKS = "blocks";
    /** File with the shard rule in the directory of the blocks. */
    public static final String SHARDING = "SHARDING";

    private static final String EXTENSION = ".data";
    private static final int MAX_SHARDING = 256;

    private final Path blocks;
    private final int maxBytes;
    private volatile FlatfsShard shard;

    /** What a block store says to an id. */
    public sealed interface Read {
        /** The block as it lies there, unverified. */
        record Found(IpfsBlock block) implements Read {}

        /** The store has no such block. */
        record Absent() implements Read {}

        /** The file is longer than the bound. */
        record TooLarge(long size) implements Read {}

        /** The store or the file cannot be read; a sentence with the path and the cause. */
        record Unreadable(String reason) implements Read {}
    }

    /**
     * @param repository the {@code .ipfs} directory
     * @param maxBytes longest block that is read
     */
    public Flatfs(Path repository, int maxBytes) {
        this.blocks = repository.resolve(BLOCKS);
        this.maxBytes = maxBytes;
    }

    /** The file name of a block, without extension: base32 of the multihash. */
    public static String key(Cid cid) {
        return Base32.upper(cid.multihash().bytes());
    }

    /** Where a repository with this shard rule keeps this block. */
    public static Path blockFile(Path repository, FlatfsShard shard, Cid cid) {
        return file(repository.resolve(BLOCKS), shard, key(cid));
    }

    /** Reads the block of this id. */
    public Read read(Cid cid) {
        try {
            FlatfsShard rule = shard();
            Read read = read(file(blocks, rule, key(cid)), maxBytes);
            // Repositories below version 12 name their files by the whole id, which differs from version 1 on.
            return read instanceof Read.Absent && cid.version() > 0
                    ? read(file(blocks, rule, Base32.upper(cid.bytes())), maxBytes)
                    : read;
        } catch (IOException e) {
            return new Read.Unreadable(describe(e));
        }
    }

    /** Looks for the name twice, to see what it is and to open it; the size is asked of what was opened. */
    private static Read read(Path file, int maxBytes) throws IOException {
        try (FileChannel channel = RegularFile.open(file, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            return size > maxBytes ? new Read.TooLarge(size) : readBytes(channel, file, (int) size);
        } catch (NotRegularFileException e) {
            return new Read.Unreadable(file + " " + e.getReason());
        } catch (NoSuchFileException _) {
            return new Read.Absent();
        }
    }

    private static Read readBytes(FileChannel channel, Path file, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        int got = 0;
        while (buffer.hasRemaining() && got >= 0) {
            got = channel.read(buffer);
        }
        return buffer.hasRemaining()
                ? new Read.Unreadable(file + " shrank while it was read")
                : new Read.Found(new IpfsBlock(buffer.array()));
    }

    private FlatfsShard shard() throws IOException {
        FlatfsShard known = shard;
        if (known == null) {
            known = readShard();
            shard = known;
        }
        return known;
    }

    private FlatfsShard readShard() throws IOException {
        Path file = blocks.resolve(SHARDING);
        return switch (read(file, MAX_SHARDING)) {
            case Read.Found(IpfsBlock text) -> parseShard(file, text.bytes());
            case Read.Absent() -> throw new IOException(file + " is missing: no flatfs block store");
            case Read.TooLarge(long size) -> throw new IOException(file + " is no shard rule: " + size + " bytes");
            case Read.Unreadable(String reason) -> throw new IOException(reason);
        };
    }

    private static FlatfsShard parseShard(Path file, byte[] text) throws IOException {
        return FlatfsShard.parse(new String(text, StandardCharsets.UTF_8))
                .orElseThrow(() -> new IOException(file + " has no shard rule that is known"));
    }

    private static Path file(Path blocks, FlatfsShard shard, String key) {
        return blocks.resolve(shard.directory(key)).resolve(key + EXTENSION);
    }

    /** A file system exception's own message is often the path alone. */
    private static String describe(IOException e) {
        if (e instanceof FileSystemException file) {
            String reason = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
            return file.getFile() + ": " + reason;
        }
        return e.getMessage();
    }
}

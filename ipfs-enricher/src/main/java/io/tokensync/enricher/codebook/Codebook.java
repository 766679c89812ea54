package io.tokensync.enricher.codebook;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.enricher.rubix.OrdinalIndex;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.WholeToken;

/**
 * A codebook file, mapped into memory. The file must not be written to while it is open; building it anew puts another
 * file in its place, which does no harm; the old one stays mapped until nobody uses it. Thread-safe.
 */
public final class Codebook {
    private final CodebookHeader header;
    private final OrdinalIndex index;

    private Codebook(CodebookHeader header, MemorySegment file) {
        this.header = header;
        this.index = new OrdinalIndex(file.asSlice(CodebookHeader.BYTES), header.bucketBits());
    }

    /**
     * What the codebook has under an id.
     *
     * @param token whose content it is
     * @param block made anew, proven by its hash
     */
    public record Entry(WholeToken token, IpfsBlock block) {}

    /** Makes the block of each candidate again; it is the right one when it hashes to the id. */
    private static final class Proof implements IntPredicate {
        private final Cid cid;
        private WholeToken token;
        private byte[] block;

        Proof(Cid cid) {
            this.cid = cid;
        }

        @Override
        public boolean test(int ordinal) {
            token = WholeToken.at(ordinal);
            block = token.block();
            return cid.hashes(block);
        }
    }

    /**
     * Opens a codebook and checks every byte of it, which also brings it into the system's cache: well below a second unless
     * the disk is slow.
     *
     * @throws UnusableCodebookException when it is missing, cut off, damaged, of another version or cannot be read
     */
    public static Codebook open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            CodebookHeader header = check(channel, file);
            return new Codebook(header, channel.map(MapMode.READ_ONLY, 0, header.fileBytes(), Arena.ofAuto()));
        } catch (NoSuchFileException _) {
            throw new UnusableCodebookException(file, "does not exist");
        } catch (UnusableCodebookException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableCodebookException(file, "cannot be read: " + e.getMessage());
        }
    }

    /** Levels whose tokens are in it. */
    public Levels levels() {
        return header.levels();
    }

    /** Length of the file. */
    public long bytes() {
        return header.fileBytes();
    }

    /** The token of this id, and its block; empty when it is no whole token of these levels. */
    public Optional<Entry> find(Cid cid) {
        if (cid.codec() != Cid.Codec.DAG_PB || cid.multihash().function() != HashFunction.SHA2_256) {
            return Optional.empty();
        }
        Proof proof = new Proof(cid);
        return index.find(cid.multihash().leadingBits(), proof).isPresent()
                ? Optional.of(new Entry(proof.token, new IpfsBlock(proof.block)))
                : Optional.empty();
    }

    private static CodebookHeader check(FileChannel channel, Path file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(CodebookHeader.BYTES);
        channel.read(head, 0);
        CodebookHeader header = CodebookHeader.read(head.flip(), file);
        if (channel.size() != header.fileBytes()) {
            throw new UnusableCodebookException(file, "is damaged: it has " + channel.size() + " bytes and should have "
                    + header.fileBytes());
        }
        if (bodyChecksum(channel) != header.bodyChecksum()) {
            throw new UnusableCodebookException(file, "is damaged: its checksum is wrong");
        }
        return header;
    }

    /** CRC-32C of everything behind the header. */
    static int bodyChecksum(FileChannel channel) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        for (long at = CodebookHeader.BYTES; channel.read(buffer, at) > 0; buffer.clear()) {
            at += buffer.position();
            checksum.update(buffer.flip());
        }
        return (int) checksum.getValue();
    }
}

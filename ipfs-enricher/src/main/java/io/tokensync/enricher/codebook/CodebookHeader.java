package io.tokensync.enricher.codebook;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

import io.tokensync.common.model.TokenLevels;
import io.tokensync.enricher.rubix.OrdinalIndex;

/**
 * The first {@value #BYTES} bytes of a codebook: magic, version, levels, checksum of the body, checksum of the
 * {@link TokenLevels#tableChecksum table of capacities} that gave its ordinals. Behind it is the {@link OrdinalIndex}.
 *
 * @param levels whose tokens are in it
 * @param bodyChecksum CRC-32C of everything behind the header
 */
record CodebookHeader(Levels levels, int bodyChecksum) {
    static final int BYTES = 64;

    private static final byte[] MAGIC = "RBTCODEB".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;
    private static final int CHECKED = BYTES - Integer.BYTES;

    /** Leading bits of an id that choose its bucket. */
    int bucketBits() {
        return OrdinalIndex.bucketBits(levels.tokens());
    }

    /** Length of the whole file. */
    long fileBytes() {
        return entriesAt() + (long) levels.tokens() * Integer.BYTES;
    }

    /** Where in the file the entries begin. */
    long entriesAt() {
        return BYTES + OrdinalIndex.startsBytes(bucketBits());
    }

    ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(VERSION).putInt(levels.first()).putInt(levels.last()).putInt(bodyChecksum)
                .putInt(TokenLevels.tableChecksum());
        bytes.putInt(CHECKED, checksum(bytes));
        return bytes.rewind();
    }

    /** @throws UnusableCodebookException when these bytes are not a header of this version */
    static CodebookHeader read(ByteBuffer source, Path file) throws UnusableCodebookException {
        ByteBuffer bytes = source.order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        if (bytes.remaining() >= BYTES) {
            bytes.get(magic);
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw new UnusableCodebookException(file, "is no codebook: it does not begin like one");
        }
        int version = bytes.getInt();
        if (version != VERSION) {
            throw new UnusableCodebookException(file,
                    "is of version " + version + ", and this release reads version " + VERSION);
        }
        int first = bytes.getInt();
        int last = bytes.getInt();
        int checksum = bytes.getInt();
        int table = bytes.getInt();
        if (bytes.getInt(CHECKED) != checksum(bytes)) {
            throw new UnusableCodebookException(file, "is damaged: the checksum of its header is wrong");
        }
        if (table != TokenLevels.tableChecksum()) {
            throw new UnusableCodebookException(file, "was made with another table of how many tokens a level has");
        }
        return new CodebookHeader(new Levels(first, last), checksum);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), bytes.arrayOffset(), CHECKED);
        return (int) checksum.getValue();
    }
}

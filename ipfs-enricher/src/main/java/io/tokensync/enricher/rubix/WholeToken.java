package io.tokensync.enricher.rubix;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.tokensync.common.model.TokenLevels;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.UnixFs;

/**
 * A whole RBT token of the main net.
 *
 * @param level from 0 to 78
 * @param number from 0 to the level's capacity, inclusive
 */
public record WholeToken(int level, int number) {
    /** Characters of its content: three digits of the level, the SHA-256 of the decimal number in hex. */
    static final int CONTENT_LENGTH = 67;

    private static final int LEVEL_DIGITS = 3;
    private static final int HASH_DIGITS = 2 * HashFunction.LENGTH;
    private static final byte[] TEMPLATE = UnixFs
            .encode("0".repeat(CONTENT_LENGTH).getBytes(StandardCharsets.US_ASCII));
    /** Where the content begins in its block; behind it are two bytes with its length. */
    private static final int CONTENT_AT = TEMPLATE.length - CONTENT_LENGTH - 2;
    private static final HexFormat HEX = HexFormat.of();

    /** The token in this place of the row of all tokens. */
    public static WholeToken at(int ordinal) {
        int level = TokenLevels.levelOf(ordinal);
        return new WholeToken(level, ordinal - TokenLevels.firstOrdinal(level));
    }

    /** The token's IPFS block, which its id hashes; the caller's own. */
    public byte[] block() {
        byte[] block = TEMPLATE.clone();
        putHash(block, number);
        putLevel(block, level);
        return block;
    }

    /** Writes the level into a block made by {@link #block}, whose number stays. */
    public static void putLevel(byte[] block, int level) {
        block[CONTENT_AT] = (byte) ('0' + level / 100);
        block[CONTENT_AT + 1] = (byte) ('0' + level / 10 % 10);
        block[CONTENT_AT + 2] = (byte) ('0' + level % 10);
    }

    /** SHA-256 of a number as the node hashes it: of its decimal digits. */
    static byte[] hash(int number) {
        return HashFunction.SHA2_256.digest(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    private static void putHash(byte[] block, int number) {
        byte[] digest = hash(number);
        int at = CONTENT_AT + LEVEL_DIGITS;
        for (int i = 0; i < HASH_DIGITS; i += 2) {
            byte b = digest[i >> 1];
            block[at + i] = (byte) HEX.toHighHexDigit(b);
            block[at + i + 1] = (byte) HEX.toLowHexDigit(b);
        }
    }
}

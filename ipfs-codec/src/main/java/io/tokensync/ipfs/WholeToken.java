package io.tokensync.ipfs;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.model.TokenLevels;

/**
 * A whole RBT token of the main net.
 *
 * @param level from 0 to 78
 * @param number from 0 to the level's capacity, inclusive, when there is such a token
 */
public record WholeToken(int level, int number) {
    /** Characters of its content: three digits of the level, the SHA-256 of the decimal number in hex. */
    public static final int CONTENT_LENGTH = 67;

    private static final Pattern ID = Pattern.compile("(0|[1-9][0-9]?)_(0|[1-9][0-9]{0,8})");
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

    /**
     * The token that nodes of v1 call by this id, {@code level_number}; empty when it is none of a whole token of the main net.
     * The levels of other networks begin at 10,000 (local) or 50,000 (test), and nobody says what the content of their tokens
     * is. The number may be one that its level does not have.
     */
    public static Optional<WholeToken> ofId(String tokenId) {
        Matcher id = ID.matcher(tokenId);
        return id.matches() && Integer.parseInt(id.group(1)) <= TokenLevels.LAST
                ? Optional.of(new WholeToken(Integer.parseInt(id.group(1)), Integer.parseInt(id.group(2))))
                : Optional.empty();
    }

    /** The id that earlier nodes call it by, under which IPFS has its content. */
    public Cid cid() {
        return Cid.v0(Multihash.of(HashFunction.SHA2_256, block()));
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
    public static byte[] hash(int number) {
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

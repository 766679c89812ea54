package io.tokensync.simulator.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import io.tokensync.common.model.TokenLevels;

/**
 * A whole RBT token of the main net.
 *
 * @param level 0 to 78
 * @param number from 0 to the level's capacity, inclusive
 */
public record WholeToken(int level, int number) {
    /** How many whole tokens can exist. */
    public static final long COUNT = TokenLevels.TOKENS;

    /** A prime that does not divide {@link #COUNT}: multiplying by it visits every token once. */
    private static final long STRIDE = 32_452_843;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(WholeToken::sha256);

    /**
     * One token for each index below {@link #COUNT}.
     *
     * @param start from 0 to {@link #COUNT}, exclusive
     */
    static WholeToken at(long start, long index) {
        int ordinal = (int) ((start + Math.floorMod(index, COUNT) * STRIDE) % COUNT);
        int level = TokenLevels.levelOf(ordinal);
        return new WholeToken(level, ordinal - TokenLevels.firstOrdinal(level));
    }

    /** What its IPFS file says: the level in three digits, and the SHA-256 of the decimal number in hex. */
    public String content() {
        byte[] digest = SHA_256.get().digest(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%03d", level) + HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

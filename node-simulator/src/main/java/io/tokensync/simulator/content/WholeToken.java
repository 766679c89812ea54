package io.tokensync.simulator.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A whole RBT token of the main net.
 *
 * @param level 1 to 78
 * @param number from 0 to the level's capacity, exclusive
 */
public record WholeToken(int level, int number) {
    private static final int[] CAPACITIES = {5000000, 2425000, 2188563, 2188563, 2079134, 1975178, 1876419, 1782598,
            1693468, 1608795, 1528355, 1451937, 1379340, 1310373, 1244855, 1182612, 1123481, 1067307, 1013942, 963245,
            915082, 869328, 825862, 784569, 745340, 708073, 672670, 639036, 607084, 576730, 547894, 520499, 494474,
            469750, 446263, 423950, 402752, 382615, 363484, 345310, 328044, 311642, 296060, 281257, 267194, 253834,
            241143, 229085, 217631, 206750, 196412, 186592, 177262, 168399, 159979, 151980, 144381, 137162, 130304,
            117273, 105546, 94992, 85492, 76943, 69249, 62324, 56092, 50482, 45434, 40891, 36802, 33121, 29809, 26828,
            24146, 21731, 19558, 17602};

    /** How many whole tokens can exist. */
    public static final long COUNT = count();

    /** A prime that does not divide {@link #COUNT}: multiplying by it visits every token once. */
    private static final long STRIDE = 32_452_843;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(WholeToken::sha256);

    /**
     * One token for each index below {@link #COUNT}.
     *
     * @param start from 0 to {@link #COUNT}, exclusive
     */
    static WholeToken at(long start, long index) {
        long position = (start + Math.floorMod(index, COUNT) * STRIDE) % COUNT;
        int level = 0;
        while (position >= CAPACITIES[level]) {
            position -= CAPACITIES[level];
            level++;
        }
        return new WholeToken(level + 1, (int) position);
    }

    /** What its IPFS file says: the level in three digits, and the SHA-256 of the decimal number in hex. */
    public String content() {
        byte[] digest = SHA_256.get().digest(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%03d", level) + HexFormat.of().formatHex(digest);
    }

    private static long count() {
        long sum = 0;
        for (int capacity : CAPACITIES) {
            sum += capacity;
        }
        return sum;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

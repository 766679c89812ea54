package io.tokensync.common.model;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * The levels of whole RBT tokens on the main net, and how many tokens each may have. All possible whole tokens stand in one
 * row: by level, then by number; a token's place in it is its ordinal, from 0 to {@link #TOKENS}, exclusive.
 *
 * <p>The capacities are those that the node (tags v0.0.14 to v0.0.19 and v1) and the network's generators of token hashes
 * agree on. v0.0.20 alone repeats level 4's at level 3. The node takes any number up to and including the capacity.
 */
public final class TokenLevels {
    /** The lowest level. Only nodes of v1 know it. */
    public static final int FIRST = 0;
    /** The highest level. */
    public static final int LAST = 78;

    private static final int[] CAPACITIES = {56, 5000000, 2425000, 2303750, 2188563, 2079134, 1975178, 1876419, 1782598,
            1693468, 1608795, 1528355, 1451937, 1379340, 1310373, 1244855, 1182612, 1123481, 1067307, 1013942, 963245,
            915082, 869328, 825862, 784569, 745340, 708073, 672670, 639036, 607084, 576730, 547894, 520499, 494474,
            469750, 446263, 423950, 402752, 382615, 363484, 345310, 328044, 311642, 296060, 281257, 267194, 253834,
            241143, 229085, 217631, 206750, 196412, 186592, 177262, 168399, 159979, 151980, 144381, 137162, 130304,
            117273, 105546, 94992, 85492, 76943, 69249, 62324, 56092, 50482, 45434, 40891, 36802, 33121, 29809, 26828,
            24146, 21731, 19558, 17602};
    private static final int[] FIRST_ORDINALS = firstOrdinals();

    /** Level 1 has been cut since it was opened: nodes of v1 make no token of these numbers any more. */
    private static final int CUT_LEVEL = 1;
    private static final int CUT_CAPACITY = 4_300_000;

    /** How many whole tokens can exist. */
    public static final int TOKENS = FIRST_ORDINALS[CAPACITIES.length];

    private TokenLevels() {}

    /** Whether the main net may have a token of this level and number. */
    public enum Verdict {
        /** It may. */
        POSSIBLE,
        /** It could be made once, and no node makes it any more. */
        BEYOND_SUPPLY,
        /** No node has ever taken such a token. */
        IMPOSSIBLE
    }

    /** What is to be thought of a token of this level and number, both as somebody has written them. */
    public static Verdict verdict(int level, int number) {
        if (level < FIRST || level > LAST || number < 0 || number >= numbers(level)) {
            return Verdict.IMPOSSIBLE;
        }
        return level == CUT_LEVEL && number >= CUT_CAPACITY ? Verdict.BEYOND_SUPPLY : Verdict.POSSIBLE;
    }

    /** The capacity of a level: the highest number that the node takes. */
    public static int capacity(int level) {
        return CAPACITIES[level - FIRST];
    }

    /** How many numbers a level has: from 0 to its capacity, inclusive. */
    public static int numbers(int level) {
        return capacity(level) + 1;
    }

    /** How many numbers the level with the most of them has. */
    public static int mostNumbers() {
        return mostNumbers(FIRST, LAST);
    }

    /** How many numbers that level of a run has which has the most. */
    public static int mostNumbers(int first, int last) {
        return IntStream.rangeClosed(first, last).map(TokenLevels::numbers).max().orElseThrow();
    }

    /** A number that changes when the capacities do: the CRC-32C of them, as 32-bit big-endian. */
    public static int tableChecksum() {
        ByteBuffer table = ByteBuffer.allocate(CAPACITIES.length * Integer.BYTES);
        table.asIntBuffer().put(CAPACITIES);
        CRC32C checksum = new CRC32C();
        checksum.update(table);
        return (int) checksum.getValue();
    }

    /** Ordinal of the first token of a level; of the level behind the last, the number of all tokens. */
    public static int firstOrdinal(int level) {
        return FIRST_ORDINALS[level - FIRST];
    }

    /** The level of the token with this ordinal. */
    public static int levelOf(int ordinal) {
        int low = FIRST;
        int high = LAST;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstOrdinal(middle) <= ordinal) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static int[] firstOrdinals() {
        int[] first = new int[CAPACITIES.length + 1];
        for (int i = 0; i < CAPACITIES.length; i++) {
            first[i + 1] = first[i] + CAPACITIES[i] + 1;
        }
        return first;
    }
}

package io.tokensync.common.model;

/**
 * The levels of whole RBT tokens on the main net, and how many tokens each has. All possible whole tokens stand in one row:
 * by level, then by number; a token's place in it is its ordinal, from 0 to {@link #TOKENS}, exclusive.
 */
public final class TokenLevels {
    /** The lowest level. */
    public static final int FIRST = 1;
    /** The highest level. */
    public static final int LAST = 78;

    private static final int[] CAPACITIES = {5000000, 2425000, 2188563, 2188563, 2079134, 1975178, 1876419, 1782598,
            1693468, 1608795, 1528355, 1451937, 1379340, 1310373, 1244855, 1182612, 1123481, 1067307, 1013942, 963245,
            915082, 869328, 825862, 784569, 745340, 708073, 672670, 639036, 607084, 576730, 547894, 520499, 494474,
            469750, 446263, 423950, 402752, 382615, 363484, 345310, 328044, 311642, 296060, 281257, 267194, 253834,
            241143, 229085, 217631, 206750, 196412, 186592, 177262, 168399, 159979, 151980, 144381, 137162, 130304,
            117273, 105546, 94992, 85492, 76943, 69249, 62324, 56092, 50482, 45434, 40891, 36802, 33121, 29809, 26828,
            24146, 21731, 19558, 17602};
    private static final int[] FIRST_ORDINALS = firstOrdinals();

    /** How many whole tokens can exist. */
    public static final int TOKENS = FIRST_ORDINALS[LAST];

    private TokenLevels() {}

    /** How many tokens a level has: their numbers are below it. No level has more than {@link #FIRST}. */
    public static int capacity(int level) {
        return CAPACITIES[level - FIRST];
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
            first[i + 1] = first[i] + CAPACITIES[i];
        }
        return first;
    }
}

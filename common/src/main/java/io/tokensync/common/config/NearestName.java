package io.tokensync.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant by a name that does not exist. */
public final class NearestName {
    private static final int ALWAYS_NEAR = 2;
    private static final int NEAR_FRACTION = 3;

    private NearestName() {}

    /** The candidate with the smallest edit distance, when it is near enough to be meant. */
    public static Optional<String> to(String wrong, Collection<String> candidates) {
        int limit = Math.max(ALWAYS_NEAR, wrong.length() / NEAR_FRACTION);
        return candidates.stream().min(Comparator.comparingInt((String c) -> distance(wrong, c)).thenComparing(c -> c))
                .filter(c -> distance(wrong, c) <= limit);
    }

    /** Levenshtein: insertions, deletions and replacements from one to the other. */
    static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}

package io.tokensync.enricher.codebook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tokensync.common.model.TokenLevels;

/**
 * A run of levels of whole tokens.
 *
 * @param first lowest, at least 0
 * @param last highest, at most 78
 */
public record Levels(int first, int last) {
    /** All of them. */
    public static final Levels ALL = new Levels(TokenLevels.FIRST, TokenLevels.LAST);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,2})(?:-([0-9]{1,2}))?");

    public Levels {
        if (first < TokenLevels.FIRST || last > TokenLevels.LAST || first > last) {
            throw new IllegalArgumentException("levels are " + TokenLevels.FIRST + " to " + TokenLevels.LAST
                    + ", the lower one first, not " + first + "-" + last);
        }
    }

    /**
     * Reads {@code 0-78} or {@code 4}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Levels parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("levels are written as 0-78, or 4 for one of them, not " + text);
        }
        int first = Integer.parseInt(matcher.group(1));
        return new Levels(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
    }

    /** How many tokens they have. */
    public int tokens() {
        return TokenLevels.firstOrdinal(last + 1) - TokenLevels.firstOrdinal(first);
    }

    /** How many numbers that level has which has the most. */
    public int mostNumbers() {
        return TokenLevels.mostNumbers(first, last);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}

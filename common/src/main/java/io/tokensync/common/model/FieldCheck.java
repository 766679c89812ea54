package io.tokensync.common.model;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks at the fields of something that came from outside and keeps the first problem. Its sentences name the field and
 * never quote the value.
 */
public final class FieldCheck {
    /** The highest count and version: what a number of JavaScript holds exactly. */
    public static final long MOST = 1L << 53;

    /** Most codes of a map of counts. */
    public static final int MOST_CODES = 100;

    /** A code that something is counted by; in what Java and JSON Schema both read, as the next. */
    public static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    /** A UUID in full. */
    public static final Pattern UUID = Pattern
            .compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private static final int UUID_LENGTH = 36;

    private String problem;

    /** What is wrong, in one sentence; empty when nothing is. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether this is a {@link #UUID}; asked for every record, so without the pattern. */
    public static boolean isUuid(String value) {
        if (value.length() != UUID_LENGTH) {
            return false;
        }
        for (int at = 0; at < UUID_LENGTH; at++) {
            boolean hyphen = at == 8 || at == 13 || at == 18 || at == 23;
            if (hyphen ? value.charAt(at) != '-' : !HexFormat.isHexDigit(value.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** A UUID in full. */
    public void uuid(String field, String value) {
        require(isUuid(value), field, "is not a UUID in full");
    }

    /** Text of whole characters, none of them NUL, at most so many; null passes. */
    public void text(String field, String value, int longest) {
        if (value == null) {
            return;
        }
        if (value.length() > longest) {
            require(false, field, "has " + value.length() + " characters, " + longest + " are held");
        }
        require(value.codePoints().allMatch(FieldCheck::isWhole), field, "has half a character, or NUL");
    }

    /** As {@link #text}, without control characters and not blank. */
    public void printable(String field, String value, int longest) {
        text(field, value, longest);
        require(!value.isBlank(), field, "is blank");
        require(value.codePoints().noneMatch(Character::isISOControl), field, "has characters that cannot be printed");
    }

    /** A count: from 0 to {@link #MOST}. */
    public void count(String field, long value) {
        require(value >= 0 && value <= MOST, field, "is no count from 0 to 2^53");
    }

    /** Counts by code. */
    public void counts(String field, Map<String, Long> byCode) {
        require(byCode.size() <= MOST_CODES, field, "has more than " + MOST_CODES + " codes");
        byCode.forEach((code, count) -> {
            require(CODE.matcher(code).matches(), field, "has a code that is none");
            count(field, count);
        });
    }

    /** A record version: from 1 to {@link #MOST}. */
    public void version(String field, long value) {
        require(value >= 1 && value <= MOST, field, "is no version from 1 to 2^53");
    }

    /** A time in the years 1 to 9999; null passes. */
    public void time(String field, Instant value) {
        require(value == null || Times.isWithinYears(value), field, "is not within the years 1 to 9999");
    }

    /** Any other rule. */
    public void require(boolean holds, String field, String otherwise) {
        if (!holds && problem == null) {
            problem = field + " " + otherwise;
        }
    }

    private static boolean isWhole(int codePoint) {
        return codePoint != 0 && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }
}

package io.tokensync.common.serde;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants as {@code 2026-01-02T03:04:05Z} or, where there is a fraction, {@code 2026-01-02T03:04:05.1234567Z}: seven
 * digits, as the table holds them. Written by hand: four of them are in every record, and the formatter of
 * {@code java.time} costs more than the rest of the record together.
 */
final class InstantText {
    private static final int LAST_YEAR = 9999;
    private static final int NANOS_PER_TICK = 100;
    private static final int FRACTION_DIGITS = 7;

    private InstantText() {}

    /** The text of an instant that has no more than 100 ns precision. */
    static String of(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
            return instant.toString();
        }
        StringBuilder text = new StringBuilder(28);
        digits(text, time.getYear(), 4).append('-');
        digits(text, time.getMonthValue(), 2).append('-');
        digits(text, time.getDayOfMonth(), 2).append('T');
        digits(text, time.getHour(), 2).append(':');
        digits(text, time.getMinute(), 2).append(':');
        digits(text, time.getSecond(), 2);
        if (time.getNano() != 0) {
            digits(text.append('.'), time.getNano() / NANOS_PER_TICK, FRACTION_DIGITS);
        }
        return text.append('Z').toString();
    }

    /**
     * The instant of a text in any form of ISO 8601 with zone {@code Z} or an offset.
     *
     * @throws java.time.DateTimeException when it is none
     */
    static Instant parse(String text) {
        int length = text.length();
        boolean usual = (length == 20 || length == 28 && text.charAt(19) == '.') && text.charAt(length - 1) == 'Z'
                && text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(10) == 'T' && text.charAt(13) == ':'
                && text.charAt(16) == ':';
        int year = usual ? number(text, 0, 4) : -1;
        int month = usual ? number(text, 5, 7) : -1;
        int day = usual ? number(text, 8, 10) : -1;
        int hour = usual ? number(text, 11, 13) : -1;
        int minute = usual ? number(text, 14, 16) : -1;
        int second = usual ? number(text, 17, 19) : -1;
        int ticks = usual && length == 28 ? number(text, 20, 27) : 0;
        if ((year | month | day | hour | minute | second | ticks) < 0) {
            return Instant.parse(text);
        }
        return LocalDateTime.of(year, month, day, hour, minute, second, ticks * NANOS_PER_TICK)
                .toInstant(ZoneOffset.UTC);
    }

    private static StringBuilder digits(StringBuilder text, int number, int count) {
        int divisor = 1;
        for (int i = 1; i < count; i++) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            text.append((char) ('0' + number / divisor % 10));
        }
        return text;
    }

    /** The number between two positions, or -1 when there is anything but digits. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}

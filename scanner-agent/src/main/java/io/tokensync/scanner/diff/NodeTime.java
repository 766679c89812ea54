package io.tokensync.scanner.diff;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A time as the node's SQLite driver or PostgreSQL writes it: {@code YYYY-MM-DD HH:MM:SS[.f…]±HH[:MM]}, one to nine digits of
 * fraction.
 * Without an offset nobody knows which instant is meant, so that is malformed.
 */
sealed interface NodeTime {
    /** A time. */
    record Known(Instant instant) implements NodeTime {}

    /** Go's zero time, which the node writes for "never". */
    record Never() implements NodeTime {}

    /** Something else. */
    record Malformed() implements NodeTime {}

    Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");
    Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Reads the value of a column; null is {@code Never}. */
    static NodeTime of(Object stored) {
        if (stored == null) {
            return new Never();
        }
        if (!(stored instanceof String text)) {
            return new Malformed();
        }
        try {
            Instant instant = new NodeTimeText(text).parse();
            if (instant.equals(ZERO)) {
                return new Never();
            }
            return instant.isBefore(ZERO) || instant.isAfter(LAST) ? new Malformed() : new Known(instant);
        } catch (DateTimeException _) {
            return new Malformed();
        }
    }

    /** The text, from left to right. */
    final class NodeTimeText {
        private static final int NANO_DIGITS = 9;
        private static final int DECIMAL = 10;

        private final String text;
        private int at;

        NodeTimeText(String text) {
            this.text = text;
        }

        Instant parse() {
            int year = digits(4);
            expect('-');
            int month = digits(2);
            expect('-');
            int day = digits(2);
            if (peek() != 'T') {
                expect(' ');
            } else {
                at++;
            }
            int hour = digits(2);
            expect(':');
            int minute = digits(2);
            expect(':');
            int second = digits(2);
            LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, second, fraction());
            Instant instant = local.toInstant(offset());
            if (at != text.length()) {
                throw malformed();
            }
            return instant;
        }

        private int fraction() {
            if (peek() != '.') {
                return 0;
            }
            at++;
            int nanos = 0;
            int count = 0;
            while (isDigit(peek()) && count < NANO_DIGITS) {
                nanos = nanos * DECIMAL + digits(1);
                count++;
            }
            if (count == 0) {
                throw malformed();
            }
            for (; count < NANO_DIGITS; count++) {
                nanos *= DECIMAL;
            }
            return nanos;
        }

        private ZoneOffset offset() {
            char sign = peek();
            at++;
            if (sign == 'Z') {
                return ZoneOffset.UTC;
            }
            if (sign != '+' && sign != '-') {
                throw malformed();
            }
            int hours = digits(2);
            int minutes = 0;
            if (at < text.length()) {
                expect(':');
                minutes = digits(2);
            }
            return sign == '+'
                    ? ZoneOffset.ofHoursMinutes(hours, minutes)
                    : ZoneOffset.ofHoursMinutes(-hours, -minutes);
        }

        private int digits(int count) {
            int number = 0;
            for (int i = 0; i < count; i++) {
                char digit = peek();
                if (!isDigit(digit)) {
                    throw malformed();
                }
                number = number * DECIMAL + digit - '0';
                at++;
            }
            return number;
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw malformed();
            }
            at++;
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static DateTimeException malformed() {
            return new DateTimeException("not a time of the node");
        }
    }
}

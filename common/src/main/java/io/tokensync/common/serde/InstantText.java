package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants as {@code 2026-01-02T03:04:05Z} or, where there is a fraction, {@code 2026-01-02T03:04:05.1234567Z}: seven
 * digits, as the table holds them. Written by hand: four of them are in every record, and the formatter of
 * {@code java.time} costs more than the rest of the record together.
 */
final class InstantText {
    /** Outside these the year has a sign. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.9999999Z");
    private static final int NANOS_PER_TICK = 100;
    /** Lengths of the two forms, and the forms themselves. */
    private static final int SHORT = 20;
    private static final int LONG = 28;
    private static final byte[] SHORT_FORM = "0000-00-00T00:00:00Z".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LONG_FORM = "0000-00-00T00:00:00.0000000Z".getBytes(StandardCharsets.US_ASCII);

    private InstantText() {}

    /** The text of an instant that has no more than 100 ns precision. */
    static String of(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            return instant.toString();
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        int nano = time.getNano();
        byte[] text = (nano == 0 ? SHORT_FORM : LONG_FORM).clone();
        pair(text, 0, time.getYear() / 100);
        pair(text, 2, time.getYear() % 100);
        pair(text, 5, time.getMonthValue());
        pair(text, 8, time.getDayOfMonth());
        pair(text, 11, time.getHour());
        pair(text, 14, time.getMinute());
        pair(text, 17, time.getSecond());
        int rest = nano / NANOS_PER_TICK;
        for (int at = LONG - 2; rest > 0; at--, rest /= 10) {
            text[at] = (byte) ('0' + rest % 10);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * The instant of a text in any form of ISO 8601 with zone {@code Z} or an offset.
     *
     * @throws java.time.DateTimeException when it is none
     */
    static Instant parse(String text) {
        if (!isUsual(text)) {
            return Instant.parse(text);
        }
        int fraction = text.length() == SHORT ? 0 : number(text, 20, 27);
        return LocalDateTime.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13),
                number(text, 14, 16), number(text, 17, 19), fraction * NANOS_PER_TICK).toInstant(ZoneOffset.UTC);
    }

    /** Whether the text has one of the two forms that this class writes: digits where the form has zeros. */
    private static boolean isUsual(String text) {
        byte[] form = switch (text.length()) {
            case SHORT -> SHORT_FORM;
            case LONG -> LONG_FORM;
            default -> null;
        };
        for (int i = 0; form != null && i < form.length; i++) {
            char c = text.charAt(i);
            if (form[i] == '0' ? c < '0' || c > '9' : c != form[i]) {
                return false;
            }
        }
        return form != null;
    }

    private static void pair(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}

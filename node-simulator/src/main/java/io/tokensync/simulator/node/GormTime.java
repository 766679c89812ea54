package io.tokensync.simulator.node;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as the node's SQLite driver writes them: nanoseconds with trailing zeros trimmed, and the offset in full. */
public final class GormTime {
    /** Go's zero time. */
    public static final String ZERO = "0001-01-01 00:00:00+00:00";

    private static final int NANO_DIGITS = 9;
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, NANO_DIGITS, true).appendOffset("+HH:MM", "+00:00")
            .toFormatter(Locale.ROOT);

    private GormTime() {}

    public static String format(Instant time, ZoneOffset offset) {
        return FORMAT.format(OffsetDateTime.ofInstant(time, offset));
    }
}

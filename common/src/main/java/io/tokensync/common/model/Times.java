package io.tokensync.common.model;

import java.time.Instant;

/** Instants as the table can hold them. */
public final class Times {
    /** The first and the last instant that DATETIME2(7) holds. */
    public static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.9999999Z");

    private static final int NANOS_PER_TICK = 100;

    /** The years 1 to 9999: what DATETIME2 holds. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    /** The end of the year 9999. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999900Z");

    private Times() {}

    /** Whether the table can hold this instant. */
    public static boolean isWithinYears(Instant instant) {
        return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
    }

    /** The nearest instant that the table can hold: the owner of a file may give it any time. */
    public static Instant withinYears(Instant instant) {
        return instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
    }

    /** Cuts an instant to 100 ns, the precision of DATETIME2(7), so that a value read back equals the one written. */
    public static Instant cut(Instant instant) {
        if (instant == null || instant.getNano() % NANOS_PER_TICK == 0) {
            return instant;
        }
        return Instant.ofEpochSecond(instant.getEpochSecond(), instant.getNano() - instant.getNano() % NANOS_PER_TICK);
    }

    /** The instant, or the first or last that the table can hold when it lies before or behind those. */
    public static Instant bounded(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return FIRST;
        }
        return instant.isAfter(LAST) ? LAST : instant;
    }
}

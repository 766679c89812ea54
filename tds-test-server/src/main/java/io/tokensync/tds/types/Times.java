package io.tokensync.tds.types;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import io.tokensync.tds.wire.MalformedMessageException;

/** DATE, TIME, DATETIME2, DATETIMEOFFSET and the two old types (MS-TDS 2.2.5.5.1.2 and 2.2.5.5.1.8). */
final class Times {
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate OLD_FIRST_DAY = LocalDate.of(1900, 1, 1);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int DATE_BYTES = 3;

    private Times() {}

    static long littleEndian(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[from + i] & 0xFFL) << (8 * i);
        }
        return value;
    }

    /** How many bytes the time of day takes at this scale. */
    static int bytes(int scale) {
        if (scale <= 2) {
            return 3;
        }
        return scale <= 4 ? 4 : 5;
    }

    /** The length of one unit of the scale in nanoseconds. */
    static long unit(int scale) {
        long unit = NANOS_PER_SECOND;
        for (int i = 0; i < scale; i++) {
            unit /= 10;
        }
        return unit;
    }

    static LocalDate date(byte[] bytes, int from) {
        return FIRST_DAY.plusDays(littleEndian(bytes, from, DATE_BYTES));
    }

    static long days(LocalDate date) {
        return ChronoUnit.DAYS.between(FIRST_DAY, date);
    }

    static LocalTime time(byte[] bytes, int scale) throws MalformedMessageException {
        try {
            return LocalTime.ofNanoOfDay(Math.multiplyExact(littleEndian(bytes, 0, bytes(scale)), unit(scale)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedMessageException("a time of day past midnight");
        }
    }

    static LocalDateTime datetime2(byte[] bytes, int scale) throws MalformedMessageException {
        return LocalDateTime.of(date(bytes, bytes(scale)), time(bytes, scale));
    }

    /** The time and date on the wire are UTC; the offset says how to show them. */
    static OffsetDateTime datetimeoffset(byte[] bytes, int scale) throws MalformedMessageException {
        int minutes = (short) littleEndian(bytes, bytes(scale) + DATE_BYTES, 2);
        try {
            return datetime2(bytes, scale).atOffset(ZoneOffset.UTC)
                    .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(minutes * 60));
        } catch (DateTimeException e) {
            throw new MalformedMessageException("a time zone of " + minutes + " minutes");
        }
    }

    static LocalDateTime datetime(byte[] bytes) throws MalformedMessageException {
        return switch (bytes.length) {
            case 4 -> OLD_FIRST_DAY.plusDays(littleEndian(bytes, 0, 2)).atStartOfDay()
                    .plusMinutes(littleEndian(bytes, 2, 2));
            case 8 -> OLD_FIRST_DAY.plusDays(signed(littleEndian(bytes, 0, 4))).atStartOfDay()
                    .plus(Math.round(littleEndian(bytes, 4, 4) * 10 / 3.0), ChronoUnit.MILLIS);
            default -> throw new MalformedMessageException("a datetime of " + bytes.length + " bytes");
        };
    }

    private static long signed(long fourBytes) {
        return (int) fourBytes;
    }

    static long oldDays(LocalDate date) {
        return ChronoUnit.DAYS.between(OLD_FIRST_DAY, date);
    }

    /** Three hundredths of a second since midnight, the unit of DATETIME. */
    static long ticks(LocalTime time) {
        return Math.round(time.toNanoOfDay() * 300.0 / NANOS_PER_SECOND);
    }
}

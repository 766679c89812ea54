package io.tokensync.tds;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A table with every type of the project, and random rows for it. */
final class EveryType {
    static final String COLUMNS = "a_bigint BIGINT NULL, a_int INT NULL, a_tinyint TINYINT NULL, a_bit BIT NULL, "
            + "a_float FLOAT NULL, a_decimal DECIMAL(38,10) NULL, a_nvarchar NVARCHAR(200) NULL, "
            + "a_key NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NULL, a_text NVARCHAR(MAX) NULL, "
            + "a_varchar VARCHAR(100) COLLATE Latin1_General_100_BIN2 NULL, a_blob VARBINARY(MAX) NULL, "
            + "a_datetime2 DATETIME2(7) NULL, a_offset DATETIMEOFFSET(7) NULL, a_date DATE NULL, a_guid UNIQUEIDENTIFIER NULL";
    static final List<String> NAMES = List.of("a_bigint", "a_int", "a_tinyint", "a_bit", "a_float", "a_decimal",
            "a_nvarchar", "a_key", "a_text", "a_varchar", "a_blob", "a_datetime2", "a_offset", "a_date", "a_guid");
    static final int[] JDBC_TYPES = {Types.BIGINT, Types.INTEGER, Types.TINYINT, Types.BIT, Types.DOUBLE, Types.DECIMAL,
            Types.NVARCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, Types.VARCHAR, Types.LONGVARBINARY, Types.TIMESTAMP,
            microsoft.sql.Types.DATETIMEOFFSET, Types.DATE, microsoft.sql.Types.GUID};
    static final int[] PRECISIONS = {0, 0, 0, 0, 0, 38, 200, 100, 0, 100, 0, 27, 34, 0, 36};
    static final int[] SCALES = {0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 7, 7, 0, 0};

    private static final long TICKS_PER_SECOND = 10_000_000L;

    private EveryType() {}

    static List<Object> nulls() {
        List<Object> row = new ArrayList<>();
        NAMES.forEach(name -> row.add(null));
        return row;
    }

    static List<Object> smallest() {
        return List.of(Long.MIN_VALUE, Integer.MIN_VALUE, (short) 0, false, -Double.MAX_VALUE,
                decimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate()), "", "", "", "", new byte[0],
                LocalDateTime.of(1, 1, 1, 0, 0), OffsetDateTime.of(1600, 1, 2, 0, 0, 0, 0, ZoneOffset.ofHours(14)),
                LocalDate.of(1, 1, 1), new UUID(0, 0));
    }

    static List<Object> largest() {
        return List.of(Long.MAX_VALUE, Integer.MAX_VALUE, (short) 255, true, Double.MAX_VALUE,
                decimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE)), "\uD83D\uDE00".repeat(100),
                "\uFFFD".repeat(100), "\u4E2D".repeat(1_000_000), "~".repeat(100), new byte[1_000_000],
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_900),
                OffsetDateTime.of(9999, 12, 30, 23, 59, 59, 999_999_900, ZoneOffset.ofHoursMinutes(-13, -59)),
                LocalDate.of(9999, 12, 31), new UUID(-1, -1));
    }

    static List<Object> random(Random random) {
        List<Object> row = new ArrayList<>(List.of(random.nextLong(), random.nextInt(), (short) random.nextInt(256),
                random.nextBoolean(), random.nextGaussian() * 1e100, decimal(new BigInteger(120, random)),
                text(random, 90), text(random, 40), text(random, 6_000), ascii(random), bytes(random), time(random),
                afterTheJulianCalendar(random).atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(1681) - 840))),
                time(random).toLocalDate(), new UUID(random.nextLong(), random.nextLong())));
        row.replaceAll(value -> random.nextInt(6) == 0 ? null : value);
        return row;
    }

    /** A random row without long values, for loads of many rows. */
    static List<Object> slim(Random random) {
        List<Object> row = random(random);
        row.set(NAMES.indexOf("a_text"), text(random, 40));
        row.set(NAMES.indexOf("a_blob"), new byte[]{1, 2, 3});
        return row;
    }

    private static BigDecimal decimal(BigInteger unscaled) {
        return new BigDecimal(unscaled, 10);
    }

    private static String text(Random random, int longest) {
        return random.ints(random.nextInt(longest), 1, Character.MAX_CODE_POINT + 1)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String ascii(Random random) {
        return random.ints(random.nextInt(100), ' ', '~').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(12_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The driver's DateTimeOffset counts in the Julian calendar before 1582 and comes back two days off. */
    private static LocalDateTime afterTheJulianCalendar(Random random) {
        LocalDateTime time = time(random);
        return time.getYear() < 1600 ? time.withYear(1600 + time.getYear()) : time;
    }

    private static LocalDateTime time(Random random) {
        long days = random.nextInt(3_652_000);
        long ticks = Math.floorMod(random.nextLong(), 86_400L * TICKS_PER_SECOND);
        return LocalDate.of(1, 1, 3).plusDays(days).atStartOfDay().plusNanos(ticks * 100);
    }
}

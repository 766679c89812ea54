package io.tokensync.common.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of durations, byte sizes and ratios. A number without a unit is rejected. */
public final class Units {
    public static final String DURATION = "a whole number with a unit of ms, s, m, h or d, such as 250ms, 30s or 6h";
    static final String BYTES = "a whole number with a unit of B, KiB, MiB or GiB, such as 512KiB or 8MiB";
    static final String RATIO = "a number from 0 to 1, such as 0.2";

    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,18}) ?([A-Za-z]+)");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,18})?");
    private static final Map<String, Duration> TIME_UNITS = Map.of("ms", Duration.ofMillis(1), "s",
            Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));
    private static final Map<String, Long> BYTE_UNITS = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB",
            1L << 30);
    /** Longer waits are a mistake, and would overflow when counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Units() {}

    /** The time span that this text means; empty when it means none. */
    public static Optional<Duration> duration(String text) {
        return quantity(text, TIME_UNITS).flatMap(q -> {
            Duration unit = q.unit();
            boolean tooLong = q.number() > LONGEST.dividedBy(unit);
            return tooLong ? Optional.empty() : Optional.of(unit.multipliedBy(q.number()));
        });
    }

    static Optional<Long> bytes(String text) {
        return quantity(text, BYTE_UNITS).flatMap(q -> {
            long unit = q.unit();
            return q.number() > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(q.number() * unit);
        });
    }

    static Optional<Double> ratio(String text) {
        if (!DECIMAL.matcher(text).matches() || new BigDecimal(text).compareTo(BigDecimal.ONE) > 0) {
            return Optional.empty();
        }
        return Optional.of(Double.parseDouble(text));
    }

    /** The shortest text that reads back as this duration. */
    static String format(Duration duration) {
        for (String unit : new String[]{"d", "h", "m", "s"}) {
            Duration one = TIME_UNITS.get(unit);
            if (!duration.isZero() && one.multipliedBy(duration.dividedBy(one)).equals(duration)) {
                return duration.dividedBy(one) + unit;
            }
        }
        return duration.toMillis() + "ms";
    }

    /** The shortest text that reads back as this size. */
    static String format(long bytes) {
        for (String unit : new String[]{"GiB", "MiB", "KiB"}) {
            long one = BYTE_UNITS.get(unit);
            if (bytes != 0 && bytes % one == 0) {
                return bytes / one + unit;
            }
        }
        return bytes + "B";
    }

    private static <U> Optional<Quantity<U>> quantity(String text, Map<String, U> units) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        return Optional.of(new Quantity<>(Long.parseLong(matcher.group(1)), units.get(matcher.group(2))));
    }

    private record Quantity<U>(long number, U unit) {}
}

package io.tokensync.cli.operator;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A time as people write it. */
public final class When {
    /** What is understood. */
    public static final String FORMS = "a time in UTC (2026-11-21, 2026-11-21T10:00, 2026-11-21T10:00Z) or how long ago"
            + " (30m, 6h, 2d)";

    private When() {}

    /** The time that this means now; empty when it is none. */
    public static Optional<Instant> parse(String text, Clock clock) {
        Function<String, Instant> ago = t -> clock.instant().minus(Duration.parse(iso(t)));
        return Stream.<Function<String, Instant>>of(Instant::parse,
                t -> OffsetDateTime.parse(t).toInstant(),
                t -> LocalDateTime.parse(t).toInstant(ZoneOffset.UTC),
                t -> LocalDate.parse(t).atStartOfDay().toInstant(ZoneOffset.UTC), ago)
                .flatMap(form -> attempt(form, text).stream()).findFirst();
    }

    private static String iso(String ago) {
        String upper = ago.toUpperCase(Locale.ROOT);
        if (!upper.matches("\\d{1,6}[SMHD]")) {
            throw new DateTimeException("no duration");
        }
        return upper.endsWith("D") ? "P" + upper : "PT" + upper;
    }

    private static Optional<Instant> attempt(Function<String, Instant> form, String text) {
        try {
            return Optional.of(form.apply(text.strip()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}

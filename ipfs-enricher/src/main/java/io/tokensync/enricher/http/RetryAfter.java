package io.tokensync.enricher.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
    /** How long a busy endpoint is left alone that does not say for how long. */
    static final Duration UNSAID = Duration.ofSeconds(1);
    /** No endpoint can be lost for longer by one header. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int SECONDS_DIGITS = 9;

    private RetryAfter() {}

    /** How long to wait, from a second to {@link #LONGEST}; empty without a header that can be read. */
    static Optional<Duration> of(HttpHeaders headers, Clock clock) {
        return headers.firstValue("Retry-After").flatMap(text -> read(text.strip(), clock)).map(
                wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait.compareTo(UNSAID) < 0 ? UNSAID : wait);
    }

    private static Optional<Duration> read(String text, Clock clock) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(text.length() > SECONDS_DIGITS ? LONGEST : Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return Optional.of(Duration.between(clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}

package io.tokensync.scanner.diff;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class NodeTimeTest {
    private static final DateTimeFormatter GORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.nnnnnnnnnxxx",
            Locale.ROOT);

    @ParameterizedTest
    @CsvSource({"2025-03-01 10:00:00+00:00, 2025-03-01T10:00:00Z",
            "2025-03-01 10:00:00.1+05:30, 2025-03-01T04:30:00.1Z",
            "2025-03-01 10:00:00.123456789-03:00, 2025-03-01T13:00:00.123456789Z",
            "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z", "0001-01-01 00:00:01+00:00, 0001-01-01T00:00:01Z",
            "9999-12-31 23:59:59.999999999+00:00, 9999-12-31T23:59:59.999999999Z"})
    void timesOfTheNodeAreRead(String text, Instant instant) {
        assertThat(NodeTime.of(text)).isEqualTo(new NodeTime.Known(instant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2024-13-45 25:61:61+00:00", "2025-02-29 10:00:00+00:00",
            "2025-03-01 10:00:00", "2025-03-01 10:00:00.+00:00", "2025-03-01 10:00:00.1234567890+00:00",
            "2025-03-01 10:00:00+0000", "2025-03-01 10:00:00+99:00", "2025-03-01 10:00:00+00:00 m=+0.1",
            "9999-12-31 23:59:59-01:00", "0001-01-01 00:00:00+01:00", "0000-01-01 00:00:00+00:00"})
    void anythingElseIsMalformed(String text) {
        assertThat(NodeTime.of(text)).isInstanceOf(NodeTime.Malformed.class);
    }

    @Test
    void zeroAndNullAreNever() {
        assertThat(NodeTime.of("0001-01-01 00:00:00+00:00")).isInstanceOf(NodeTime.Never.class);
        assertThat(NodeTime.of(null)).isInstanceOf(NodeTime.Never.class);
        assertThat(NodeTime.of(1_700_000_000L)).isInstanceOf(NodeTime.Malformed.class);
    }

    @Test
    void everyInstantSurvivesItsText() {
        Property.forAll(200, gen -> {
            Instant instant = Instant.ofEpochSecond(gen.number(-50_000_000_000L, 200_000_000_000L),
                    gen.number(0, 999_999_999));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(gen.integer(-18 * 60, 18 * 60) * 60);
            String text = OffsetDateTime.ofInstant(instant, offset).format(GORM);
            assertThat(NodeTime.of(text)).isEqualTo(new NodeTime.Known(instant));
        });
    }
}

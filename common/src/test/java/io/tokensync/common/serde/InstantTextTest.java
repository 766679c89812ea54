package io.tokensync.common.serde;

import java.time.DateTimeException;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstantTextTest {

    @Test
    void agreesWithJavaTime() {
        Property.forAll(5_000, gen -> {
            Instant instant = Instant.ofEpochSecond(gen.number(-62_000_000_000L, 253_000_000_000L),
                    gen.integer(0, 9_999_999) * 100L);
            assertThat(Instant.parse(InstantText.of(instant))).isEqualTo(instant);
            assertThat(InstantText.parse(instant.toString())).isEqualTo(instant);
            assertThat(InstantText.parse(InstantText.of(instant))).isEqualTo(instant);
        });
    }

    @ParameterizedTest
    @CsvSource({"2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z", "2026-01-02T03:04:05.1Z, 2026-01-02T03:04:05.1000000Z",
            "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z, 9999-12-31T23:59:59.9999999Z",
            "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z, -0001-01-01T00:00:00Z",
            "2026-01-02T03:04:05+02:00, 2026-01-02T01:04:05Z"})
    void hasOneForm(String read, String written) {
        assertThat(InstantText.of(InstantText.parse(read))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Z", "2026-01-02", "2026-01-02T03:04:05", "2026-13-02T03:04:05Z",
            "2026-02-30T03:04:05Z",
            "2026-01-02T24:04:05Z", "2026-01-02T03:60:05Z", "2026-01-02 03:04:05Z", "2O26-01-02T03:04:05Z",
            "2026-01-02T03:04:05.12345678901Z", "２０26-01-02T03:04:05Z"})
    void rejectsWhatIsNoTime(String text) {
        assertThatThrownBy(() -> InstantText.parse(text)).isInstanceOf(DateTimeException.class);
    }
}

package io.tokensync.common.model;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimesTest {
    @Test
    void whatTheTableCannotHoldIsTheFirstOrTheLastThatItCan() {
        Instant usual = Instant.parse("2026-01-02T03:04:05.123456789Z");
        assertThat(Times.bounded(usual)).isEqualTo(usual);
        assertThat(Times.bounded(Instant.MIN)).isEqualTo(Times.FIRST);
        assertThat(Times.bounded(Instant.parse("0000-12-31T23:59:59Z"))).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(Times.bounded(Instant.MAX)).isEqualTo(Times.LAST);
        assertThat(Times.bounded(Instant.parse("+10000-01-01T00:00:00Z"))).isEqualTo("9999-12-31T23:59:59.9999999Z");
    }
}

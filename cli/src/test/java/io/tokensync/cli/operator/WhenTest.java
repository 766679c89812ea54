package io.tokensync.cli.operator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WhenTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void noTimeAgoIsNow() {
        assertThat(When.parse("0s", CLOCK)).contains(NOW);
        assertThat(When.parse("0d", CLOCK)).contains(NOW);
        assertThat(When.parse("90s", CLOCK)).contains(NOW.minusSeconds(90));
        assertThat(When.parse("s", CLOCK)).isEmpty();
    }
}

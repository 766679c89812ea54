package io.tokensync.standalone.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.tokensync.standalone.run.WaitMessages.Wait;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WaitMessagesTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final HandClock clock = new HandClock(START);
    private final List<Wait> writer = List.of(new Wait("the writer", START, "no route to host"));

    @Test
    void itSaysWhatBeginsWhatLastsAndWhatEnds() {
        WaitMessages waits = new WaitMessages(clock, Optional.empty());
        assertThat(waits.news(List.of())).isEmpty();
        assertThat(waits.news(writer)).containsExactly("the writer waits: no route to host");
        clock.advance(Duration.ofSeconds(29));
        assertThat(waits.news(writer)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(waits.news(writer)).containsExactly("the writer waits, for 30 s now: no route to host");
        clock.advance(Duration.ofSeconds(12));
        assertThat(waits.news(List.of())).containsExactly("the writer goes on, after 42 s");
        assertThat(waits.news(List.of())).isEmpty();
    }

    @Test
    void itGivesUpBehindTheBoundAndNotBefore() {
        WaitMessages waits = new WaitMessages(clock, Optional.of(Duration.ofSeconds(60)));
        assertThat(waits.news(writer)).hasSize(1);
        clock.advance(Duration.ofSeconds(50));
        assertThat(waits.withinBound(Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(10));
        assertThat(waits.news(writer)).hasSize(1);
        clock.advance(Duration.ofSeconds(10));
        assertThatThrownBy(() -> waits.news(writer)).isInstanceOf(WaitedTooLongException.class)
                .hasMessageContaining("the writer").hasMessageContaining(START.toString())
                .hasMessageContaining("no route to host").hasMessageContaining("--wait 60 s");
    }

    @Test
    void whoWaitsForAMomentAgainAndAgainIsNotGivenUp() {
        WaitMessages waits = new WaitMessages(clock, Optional.of(Duration.ofSeconds(60)));
        for (int times = 0; times < 5; times++) {
            assertThat(waits.news(List.of(new Wait("the writer", clock.instant(), "throttled")))).hasSize(1);
            clock.advance(Duration.ofSeconds(30));
            assertThat(waits.news(List.of())).hasSize(1);
        }
        assertThat(waits.withinBound(Duration.ofSeconds(40))).isEqualTo(Duration.ofSeconds(40));
    }
}

package io.tokensync.cli.replay;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReplayPlanTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Map<Integer, Long> STARTS = Map.of(0, 10L, 1, 0L, 2, 5L);

    @Test
    void aGroupMovesBackAndNeverForwards() {
        ReplayPlan plan = ReplayPlan.of(Map.of(0, 10L, 1, 50L, 2, 5L), false, STARTS, Map.of(0, 30L, 1, 40L));
        assertThat(plan.moves()).containsExactly(new ReplayPlan.Move(0, 30, 10));
        assertThat(plan.offsets()).isEqualTo(20);
        assertThat(plan.targets()).isEqualTo(Map.of(0, 10L));
    }

    @Test
    void anOffsetThatCannotBeIsRejectedWithThoseThatCan() {
        for (long offset : new long[]{9, 31}) {
            assertThatThrownBy(() -> ReplayPlan.of(Map.of(0, offset), true, STARTS, Map.of(0, 30L)))
                    .hasMessageContaining("from 10 to 30");
        }
        assertThatThrownBy(() -> ReplayPlan.of(Map.of(7, 1L), true, STARTS, Map.of()))
                .hasMessageContaining("no partition 7");
        assertThat(ReplayPlan.of(Map.of(0, 30L), true, STARTS, Map.of(0, 30L)).moves()).isEmpty();
    }

    @Test
    void whereRecordsAreGoneTheGroupIsWhereTheTopicBegins() {
        assertThat(ReplayPlan.of(STARTS, false, STARTS, Map.of(0, 3L)).moves()).isEmpty();
    }

    @Test
    void pointsAreTimesOffsetsOrTheBeginning() {
        assertThat(StartPoint.parse("beginning", CLOCK)).isEqualTo(new StartPoint.Beginning());
        assertThat(StartPoint.parse("0:12,3:4", CLOCK)).isEqualTo(new StartPoint.Offsets(Map.of(0, 12L, 3, 4L)));
        assertThat(StartPoint.parse("6h", CLOCK)).isEqualTo(time("2026-11-21T06:00:00Z"));
        assertThat(StartPoint.parse("2d", CLOCK)).isEqualTo(time("2026-11-19T12:00:00Z"));
        assertThat(StartPoint.parse("2026-11-20", CLOCK)).isEqualTo(time("2026-11-20T00:00:00Z"));
        assertThat(StartPoint.parse("2026-11-20T10:30", CLOCK)).isEqualTo(time("2026-11-20T10:30:00Z"));
        assertThat(StartPoint.parse("2026-11-20T10:30:01Z", CLOCK)).isEqualTo(time("2026-11-20T10:30:01Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "1w", "1:", "0:1,0:2", "2026-13-01", "-1:5"})
    void anythingElseIsNotUnderstood(String text) {
        assertThatThrownBy(() -> StartPoint.parse(text, CLOCK)).isInstanceOf(IllegalArgumentException.class);
    }

    private static StartPoint time(String instant) {
        return new StartPoint.Time(Instant.parse(instant));
    }
}

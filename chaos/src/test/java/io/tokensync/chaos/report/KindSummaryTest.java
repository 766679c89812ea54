package io.tokensync.chaos.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.tokensync.chaos.schedule.FaultKind;

import static org.assertj.core.api.Assertions.assertThat;

class KindSummaryTest {
    @Test
    void countsTriedAndSurvivedByKind() {
        List<KindSummary> kinds = KindSummary.of(List.of(outcome(FaultKind.DATABASE_AWAY, true, 10, null),
                outcome(FaultKind.AGENT_KILLED, true, 1, null), outcome(FaultKind.AGENT_KILLED, true, -1, null),
                outcome(FaultKind.AGENT_KILLED, true, 2, "a writer ended by itself")));
        assertThat(kinds).extracting(KindSummary::kind).containsExactly(FaultKind.AGENT_KILLED,
                FaultKind.DATABASE_AWAY);
        assertThat(kinds.getFirst().tried()).isEqualTo(3);
        assertThat(kinds.getFirst().survived()).isEqualTo(1);
    }

    @Test
    void theMedianIsOfThoseAloneAndTheWorstOfAll() {
        KindSummary kind = KindSummary.of(List.of(outcome(FaultKind.AGENT_KILLED, true, 4, null),
                outcome(FaultKind.AGENT_KILLED, true, 2, null), outcome(FaultKind.AGENT_KILLED, false, 90, null),
                outcome(FaultKind.AGENT_KILLED, true, 9, null), outcome(FaultKind.AGENT_KILLED, true, 5, null)))
                .getFirst();
        assertThat(kind.median()).contains(Duration.ofMillis(4_500));
        assertThat(kind.worst()).contains(Duration.ofSeconds(90));
    }

    @Test
    void whatNeverRecoveredHasNoTimes() {
        KindSummary kind = KindSummary.of(List.of(outcome(FaultKind.AGENT_KILLED, true, -1, null))).getFirst();
        assertThat(kind.survived()).isZero();
        assertThat(kind.median()).isEmpty();
        assertThat(kind.worst()).isEmpty();
    }

    /** @param seconds negative for one that never recovered */
    private static Outcome outcome(FaultKind kind, boolean alone, int seconds, String trouble) {
        return new Outcome(kind, "somebody", Instant.EPOCH, Duration.ofSeconds(1), alone,
                Optional.of(Duration.ofSeconds(seconds)).filter(duration -> !duration.isNegative()),
                Optional.ofNullable(trouble));
    }
}

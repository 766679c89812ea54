package io.tokensync.monitor.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.WriteCounts;

import static org.assertj.core.api.Assertions.assertThat;

class FleetSummaryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void deadLettersOfAllStagesStayAtWhatANumberHolds() {
        assertThat(deadLetters(FieldCheck.MOST)).isEqualTo(Map.of("sql_rejected", FieldCheck.MOST));
        assertThat(deadLetters(Long.MAX_VALUE)).isEqualTo(Map.of("sql_rejected", FieldCheck.MOST));
        assertThat(deadLetters(2)).isEqualTo(Map.of("sql_rejected", 6L));
    }

    private static Map<String, Long> deadLetters(long ofEachStage) {
        Map<String, Long> deadLetters = Map.of("sql_rejected", ofEachStage);
        SessionTotals past = new SessionTotals(1, new ScanCounts(0, 0, 0, 0, 0, deadLetters, 0),
                new EnrichCounts(0, Map.of(), 0, deadLetters, 0), new WriteCounts(0, 0, 0, 0, 0, deadLetters, 0, 0));
        AgentSeen agent = new AgentSeen("192.0.2.1", NOW, NOW, 1, List.of(), past);
        FleetView view = new FleetSummary(List.of(), List.of(), List.of(), List.of(agent), null).at(NOW,
                new StageRates());
        return view.deadLetters();
    }
}

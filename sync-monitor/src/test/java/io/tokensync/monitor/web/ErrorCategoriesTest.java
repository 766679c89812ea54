package io.tokensync.monitor.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.InFlightCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.monitor.view.FleetView;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorCategoriesTest {
    @Test
    void countsThatAreTooMuchStayAtWhatANumberHolds() {
        long most = FieldCheck.MOST;
        Map<String, Long> deadLetters = Map.of("value_too_long", most, "unreadable_record", Long.MAX_VALUE);
        SessionTotals totals = new SessionTotals(1, ScanCounts.NONE, new EnrichCounts(0, Map.of(), 0, deadLetters, 0),
                new WriteCounts(0, 0, 0, 0, 0, deadLetters, 0, most));
        FleetView fleet = new FleetView(Instant.EPOCH, List.of(), List.of(), List.of(), InFlightCounts.NOTHING, totals,
                Map.of(), Map.of(), Map.of());
        assertThat(ErrorCategories.of(fleet, List.of())).filteredOn(category -> category.count() > 0)
                .containsExactly(
                        new ErrorCategories.Category("validation", most,
                                Map.of("value_too_long", most, "written with marks", most)),
                        new ErrorCategories.Category("system", most, Map.of("unreadable_record", most)));
    }
}

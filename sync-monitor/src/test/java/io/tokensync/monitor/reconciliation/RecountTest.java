package io.tokensync.monitor.reconciliation;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts of a receipt some of whose records were counted before. */
class RecountTest {
    @Test
    void whatIsLeftOfTheWritersCountsAddsUpAndTakesFromTheNewLast() {
        Property.forAll(300, gen -> {
            WriteCounts counts = new WriteCounts(count(gen), count(gen), count(gen), count(gen), count(gen),
                    byCode(gen), count(gen), count(gen));
            long rows = gen.number(0, counts.rows());
            WriteCounts left = Recount.toRows(counts, rows);
            assertThat(left.rows()).isEqualTo(rows);
            assertThat(left.inserted()).isEqualTo(Math.min(counts.inserted(), rows));
            assertThat(left.updated()).isEqualTo(Math.min(counts.updated(), rows - left.inserted()));
            assertThat(left.flawed()).isLessThanOrEqualTo(Math.max(rows, rows == counts.rows() ? counts.flawed() : 0));
            assertThat(left.contentUpdates()).isEqualTo(counts.contentUpdates());
            assertNoneGrows(counts.deadLetters(), left.deadLetters());
        });
    }

    @Test
    void whatIsLeftOfTheEnrichersCountsAddsUp() {
        Property.forAll(300, gen -> {
            EnrichCounts counts = new EnrichCounts(count(gen), byCode(gen), count(gen), byCode(gen), count(gen));
            long rows = gen.number(0, counts.rows());
            EnrichCounts left = Recount.toRows(counts, rows);
            assertThat(left.rows()).isEqualTo(rows);
            assertThat(left.deadLettered()).as("the last to be taken").isEqualTo(Math.min(counts.deadLettered(), rows));
            assertThat(left.contentUpdates()).isEqualTo(counts.contentUpdates());
            assertNoneGrows(counts.failed(), left.failed());
            assertNoneGrows(counts.deadLetters(), left.deadLetters());
        });
    }

    private static void assertNoneGrows(Map<String, Long> before, Map<String, Long> after) {
        assertThat(after).allSatisfy((code, count) -> assertThat(count).isBetween(1L, before.get(code)));
    }

    private static long count(Gen gen) {
        return gen.flag() ? 0 : gen.number(0, 20);
    }

    private static Map<String, Long> byCode(Gen gen) {
        return Map.of("a", count(gen), "b", count(gen));
    }
}

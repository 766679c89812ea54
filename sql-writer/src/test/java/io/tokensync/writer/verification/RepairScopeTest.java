package io.tokensync.writer.verification;

import java.time.Duration;
import java.util.BitSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tokensync.common.verification.BucketSums;

import static org.assertj.core.api.Assertions.assertThat;

class RepairScopeTest {
    private static final int BUCKETS = 64;
    private static final int ROWS = 6_400;

    private final BucketSums table = rows();

    private static BucketSums rows() {
        BucketSums.Builder rows = new BucketSums.Builder();
        IntStream.range(0, ROWS).forEach(i -> rows.add("Qm" + i * 7919, i));
        return rows.sums();
    }

    private Comparison comparison(BitSet differing, int... unsettled) {
        BitSet of = new BitSet();
        IntStream.of(unsettled).forEach(of::set);
        return new Comparison(table, differing, of, Digests.AS_OF, Duration.ZERO);
    }

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, BUCKETS);
        return all;
    }

    @Test
    void allThatDiffersIsToldWhenItIsNotTooMuch() {
        RepairScope scope = RepairScope.of(comparison(all()), BUCKETS, 7, ROWS);
        assertThat(scope).isEqualTo(new RepairScope(all(), BUCKETS, ROWS, true));
    }

    @Test
    void whatHasSomethingNewerIsNotTold() {
        RepairScope scope = RepairScope.of(comparison(all(), 3), BUCKETS, 7, ROWS);
        assertThat(scope.chosen().get(3)).isFalse();
        assertThat(scope.chosen().cardinality()).isEqualTo(BUCKETS - 1);
        assertThat(scope.complete()).isFalse();
    }

    @Test
    void whatIsTooMuchIsToldInTurns() {
        BitSet told = new BitSet();
        for (int turn = 0; turn < BUCKETS; turn++) {
            RepairScope scope = RepairScope.of(comparison(all()), BUCKETS, turn, ROWS / 4);
            assertThat(scope.rows()).isPositive().isLessThanOrEqualTo(ROWS / 4);
            assertThat(scope.rows()).isEqualTo(
                    scope.chosen().stream().map(table.reduced(BUCKETS)::rows).sum());
            assertThat(scope.complete()).isFalse();
            told.or(scope.chosen());
        }
        assertThat(told).isEqualTo(all());
    }

    @Test
    void aBucketThatIsTooMuchByItselfIsToldInFinerOnes() {
        RepairScope scope = RepairScope.of(comparison(all()), BUCKETS, 7, 20);
        assertThat(scope.buckets()).isEqualTo(BucketSums.FINEST);
        assertThat(scope.rows()).isPositive().isLessThanOrEqualTo(20);
    }

    @Test
    void withoutRoomOnlyThatIsToldOfWhichTheTableHasNothing() {
        RepairScope scope = RepairScope.of(comparison(all()), BUCKETS, 7, 0);
        assertThat(scope.rows()).isZero();
        assertThat(scope.chosen().stream()).allMatch(bucket -> table.rows(bucket) == 0);
        assertThat(scope.complete()).isFalse();
    }
}

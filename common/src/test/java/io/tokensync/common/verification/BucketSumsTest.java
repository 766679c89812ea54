package io.tokensync.common.verification;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BucketSumsTest {
    private static final int ROWS = 20_000;

    private static List<String> ids() {
        return IntStream.rangeClosed(1, ROWS).mapToObj(number -> "Qm" + number * 7919)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static BucketSums of(List<String> ids) {
        BucketSums.Builder builder = new BucketSums.Builder();
        ids.forEach(id -> builder.add(id, id.hashCode() * 31L));
        return builder.sums();
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        List<String> shuffled = ids();
        Collections.shuffle(shuffled, new Random(1));

        assertThat(of(shuffled)).isEqualTo(of(ids()));
        assertThat(of(shuffled).digest()).isEqualTo(of(ids()).digest()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 4096})
    void foldedSumsTellTheBucketOfTheRowThatDiffers(int buckets) {
        BucketSums.Builder one = new BucketSums.Builder();
        BucketSums.Builder other = new BucketSums.Builder();
        ids().forEach(id -> {
            one.add(id, 1);
            other.add(id, id.equals("Qm7919") ? 2 : 1);
        });

        BitSet differing = one.sums().reduced(buckets).differing(other.sums().reduced(buckets));

        assertThat(differing.stream()).containsExactly(BucketSums.bucket("Qm7919", buckets));
    }

    @Test
    void aRowThatIsTakenBackWasNeverThere() {
        BucketSums.Builder builder = new BucketSums.Builder();
        builder.add("Qm1", 5);
        builder.add("Qm2", 6);
        builder.remove("Qm2", 6);
        BucketSums.Builder one = new BucketSums.Builder();
        one.add("Qm1", 5);

        assertThat(builder.sums()).isEqualTo(one.sums());
        assertThat(builder.sums().rows()).isEqualTo(1);
    }

    @Test
    void idsAreSpreadOverTheBuckets() {
        BucketSums reduced = of(ids()).reduced(64);

        BitSet used = reduced.differing(new BucketSums.Builder().sums().reduced(64));

        assertThat(used.cardinality()).isEqualTo(64);
    }

    @Test
    void theNumberOfBucketsGrowsWithTheRows() {
        assertThat(new BucketSums.Builder().sums().reduced().buckets()).isEqualTo(BucketSums.COARSEST);
        assertThat(of(ids()).reduced().buckets()).isEqualTo(1024);
    }

    @Test
    void whatIsWrittenIsRead() {
        BucketSums sums = of(ids()).reduced();

        assertThat(BucketSums.of(sums.bytes())).isEqualTo(sums);
        assertThat(of(ids()).bytes()).hasSizeLessThan(50_000);
    }

    @Test
    void bytesThatAreNoSumsAreRejected() {
        byte[] negative = new BucketSums.Builder().sums().reduced(64).bytes();
        negative[0] = -1;

        assertThatThrownBy(() -> BucketSums.of(negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BucketSums.of(new byte[12 * 65])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BucketSums.of(new byte[7])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BucketSums.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.tokensync.enricher.rubix;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

class OrdinalIndexTest {
    /** Of bits that are alike only the proof tells which it is; those of the first and the last bucket are among them. */
    @Test
    void everyHashIsFoundInAnIndexInMemory() {
        Property.forAll(200, gen -> {
            int[] leading = IntStream.range(0, gen.integer(1, 400))
                    .map(_ -> gen.integer(0, 3) == 0 ? gen.integer(-2, 2) : gen.integer(0, 1 << 30) << 2).toArray();
            OrdinalIndex index = OrdinalIndex.of(leading);
            for (int ordinal = 0; ordinal < leading.length; ordinal++) {
                int wanted = ordinal;
                assertThat(index.find(bits(leading[ordinal]), candidate -> candidate == wanted)).hasValue(wanted);
                assertThat(index.find(bits(leading[ordinal]), _ -> false)).isEmpty();
            }
        });
    }

    /** A candidate that has another bucket or fingerprint would cost a proof each. */
    @Test
    void onlyHashesThatLookAlikeAreProven() {
        int[] leading = IntStream.range(0, 1_000).map(i -> i * 0x9E3779B9).toArray();
        OrdinalIndex index = OrdinalIndex.of(leading);
        int known = OrdinalIndex.bucketBits(leading.length) + OrdinalIndex.FINGERPRINT_BITS;
        for (int hash : leading) {
            assertThat(index.find(bits(hash), candidate -> {
                assertThat((leading[candidate] ^ hash) >>> (Integer.SIZE - known)).isZero();
                return false;
            })).isEmpty();
        }
    }

    private static long bits(int leading) {
        return (long) leading << Integer.SIZE;
    }
}

package io.tokensync.common.receipt;

import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VersionSetTest {
    private static final long FIRST = 1_763_700_000_000_000L;

    @Test
    void itIsASetLikeAnyOther() {
        Property.forAll(500, gen -> {
            Set<Long> one = numbers(gen);
            Set<Long> other = numbers(gen);
            VersionSet a = set(one);
            VersionSet b = set(other);
            TreeSet<Long> both = new TreeSet<>(one);
            both.addAll(other);
            TreeSet<Long> rest = new TreeSet<>(one);
            rest.removeAll(other);
            assertThat(a.plus(b)).isEqualTo(set(both)).isEqualTo(b.plus(a));
            assertThat(a.minus(b)).isEqualTo(set(rest));
            assertThat(a.size()).isEqualTo(one.size());
            assertThat(VersionSet.parse(a.toString())).isEqualTo(a).hasSameHashCodeAs(a);
            long from = FIRST + gen.integer(0, 60);
            long to = from + gen.integer(0, 60);
            TreeSet<Long> part = new TreeSet<>(one);
            part.removeIf(n -> n < from || n >= to);
            assertThat(a.between(from, to)).isEqualTo(set(part));
        });
    }

    @Test
    void runsAreWrittenAsAGapAndACount() {
        assertThat(VersionSet.of(12, 10, 11, 14, 20, 21)).hasToString("10+3,1,5+2");
        assertThat(VersionSet.range(5, 5)).hasToString("").isSameAs(VersionSet.NONE);
    }

    @Test
    void textThatDoesNotRiseIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> VersionSet.parse("10+3,-2+4"));
        assertThatIllegalArgumentException().isThrownBy(() -> VersionSet.parse("10+0"));
        assertThatIllegalArgumentException().isThrownBy(() -> VersionSet.parse("x"));
    }

    private static Set<Long> numbers(Gen gen) {
        return new TreeSet<>(gen.list(40, g -> FIRST + g.integer(0, 60)));
    }

    private static VersionSet set(Set<Long> numbers) {
        return VersionSet.of(numbers.stream().mapToLong(Long::longValue).toArray());
    }
}

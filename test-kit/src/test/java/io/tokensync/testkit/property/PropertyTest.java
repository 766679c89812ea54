package io.tokensync.testkit.property;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class PropertyTest {
    private final String seedBefore = System.getProperty(Property.SEED);

    @BeforeEach
    void withoutSeed() {
        System.clearProperty(Property.SEED);
    }

    @AfterEach
    void restoreSeed() {
        if (seedBefore == null) {
            System.clearProperty(Property.SEED);
        } else {
            System.setProperty(Property.SEED, seedBefore);
        }
    }

    @Test
    void aPropertyThatHoldsIsCheckedSoManyTimesOnDifferentCases() {
        List<Long> drawn = new ArrayList<>();
        Property.forAll(50, gen -> drawn.add(gen.number()));
        assertThat(drawn).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void aFailureNamesItsSeedAndTheSeedBringsTheSameCaseAgain() {
        List<Long> failing = new ArrayList<>();
        Property.Check oddsOnly = gen -> {
            long value = gen.number();
            if (value % 2 == 0) {
                failing.add(value);
                throw new IllegalStateException("even: " + value);
            }
        };
        Throwable first = catchThrowable(() -> Property.forAll(200, oddsOnly));
        assertThat(first).isInstanceOf(AssertionError.class).hasCauseInstanceOf(IllegalStateException.class);
        long firstValue = failing.getFirst();
        failing.clear();

        System.setProperty(Property.SEED, first.getMessage().replaceAll("(?s).*tokensync.seed=(-?\\d+).*", "$1"));
        assertThatThrownBy(() -> Property.forAll(1, oddsOnly)).hasMessageContaining("case 1 of 1");
        assertThat(failing).first().isEqualTo(firstValue);
    }

    @Test
    void aFailingCaseIsTriedAgainAtSmallerSizes() {
        assertThatThrownBy(() -> Property.forAll(500, gen -> assertThat(gen.size()).isLessThan(40)))
                .hasMessageContaining("smallest size that does: 40");
    }

    @Test
    void aSetSeedGivesTheSameCasesInTheSameOrder() {
        System.setProperty(Property.SEED, "42");
        assertThat(draws()).isEqualTo(draws());
    }

    @Test
    void shufflesAndCutsKeepEveryElement() {
        Property.forAll(100, gen -> {
            List<Integer> values = IntStream.range(0, gen.integer(1, 30)).boxed().toList();
            List<Integer> shuffled = gen.shuffled(values);
            assertThat(shuffled).containsExactlyInAnyOrderElementsOf(values);
            List<List<Integer>> parts = gen.cut(shuffled);
            assertThat(parts).allSatisfy(part -> assertThat(part).isNotEmpty());
            assertThat(parts.stream().flatMap(List::stream).toList()).isEqualTo(shuffled);
        });
    }

    @Test
    void listsAndTextsStayWithinTheirBounds() {
        Property.forAll(200, gen -> {
            assertThat(gen.list(20, Gen::flag)).hasSizeBetween(1, 20);
            assertThat(gen.text("ab", 5)).matches("[ab]{0,5}");
            assertThat(gen.integer(-2, 2)).isBetween(-2, 2);
            assertThat(gen.oneOf(1, 2)).isIn(1, 2);
        });
    }

    private static List<Long> draws() {
        List<Long> drawn = new ArrayList<>();
        Property.forAll(10, gen -> drawn.add(gen.number()));
        return drawn;
    }
}

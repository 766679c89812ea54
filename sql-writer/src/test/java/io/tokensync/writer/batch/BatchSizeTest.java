package io.tokensync.writer.batch;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchSizeTest {
    private static final BatchSize.Bounds BOUNDS = new BatchSize.Bounds(500, 5_000, 20_000, Duration.ofSeconds(2));

    @ParameterizedTest(name = "{0} allowed, {1} written in {2} ms: {3}")
    @CsvSource({"5000, 5000, 2000, 5000", "5000, 5000, 1500, 5000", "5000, 5000, 900, 7500", "5000, 5000, 10, 7500",
            "18000, 18000, 10, 20000", "5000, 5000, 3000, 3333", "5000, 5000, 60000, 2500", "600, 600, 60000, 500",
            "5000, 100, 10, 5000", "5000, 1000, 4000, 500", "500, 3, 60000, 500"})
    void theNextSizeFollowsTheTime(int allowed, int written, long millis, int next) {
        assertThat(BOUNDS.next(allowed, written, Duration.ofMillis(millis))).isEqualTo(next);
    }

    @Test
    void itIsNeverOutOfItsBounds() {
        Property.forAll(500, gen -> {
            int allowed = gen.integer(500, 20_000);
            int next = BOUNDS.next(allowed, gen.integer(1, allowed), Duration.ofNanos(gen.number(0, 9_000_000_000L)));
            assertThat(next).isBetween(500, 20_000);
        });
    }

    /** A server that takes so long for each row, and longer while it is busy: the size levels off where the time is met. */
    @ParameterizedTest
    @CsvSource({"100, 10000, 20000", "400, 2500, 5000", "3000, 500, 667", "20000, 500, 500"})
    void itLevelsOffWhereTheServerTakesTheTimeThatWasAskedFor(long microsPerRow, int least, int most) {
        BatchSize size = new BatchSize(BOUNDS);
        IntStream.range(0, 50)
                .forEach(_ -> size.took(size.rows(), Duration.ofNanos(size.rows() * microsPerRow * 1_000)));
        assertThat(size.rows()).isBetween(least, most);
        IntStream.range(0, 10).forEach(_ -> size.took(size.rows(), Duration.ofSeconds(60)));
        assertThat(size.rows()).isEqualTo(500);
        IntStream.range(0, 50)
                .forEach(_ -> size.took(size.rows(), Duration.ofNanos(size.rows() * microsPerRow * 1_000)));
        assertThat(size.rows()).isBetween(least, most);
    }

    @Test
    void whatIsTooMuchAndThrottlingMakeItLess() {
        BatchSize size = new BatchSize(BOUNDS);
        size.throttled();
        assertThat(size.rows()).isEqualTo(2_500);
        size.wasTooMuch(1_800);
        assertThat(size.rows()).isEqualTo(900);
        size.throttled();
        assertThat(size.rows()).isEqualTo(500);
    }

    @Test
    void boundsOutOfOrderAreRejected() {
        assertThatThrownBy(() -> new BatchSize.Bounds(10, 5, 20, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BatchSize.Bounds(1, 5, 20, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyFailuresThatSaySomethingAboutItChangeIt() {
        for (FailureKind kind : FailureKind.values()) {
            BatchSize size = new BatchSize(BOUNDS);
            BatchWriter writer = new MeasuringBatchWriter(new ScriptedBatchWriter().failNext(kind), size, () -> 0);
            assertThatThrownBy(() -> writer.write(Records.batch(Records.upsert("a", 1, "x"))))
                    .isInstanceOf(SqlFailure.class);
            boolean smaller = size.rows() < 5_000;
            assertThat(smaller).as(kind.name())
                    .isEqualTo(kind == FailureKind.OVERSIZED || kind == FailureKind.THROTTLED);
        }
    }
}

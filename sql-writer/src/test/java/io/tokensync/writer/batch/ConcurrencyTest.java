package io.tokensync.writer.batch;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.runtime.StageStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConcurrencyTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Concurrency concurrency = new Concurrency(4, nanos::get);
    private SqlFailure failure;
    private final BatchWriter writer = new ThrottledBatchWriter(_ -> {
        if (failure != null) {
            throw failure;
        }
        return WriteOutcome.NOTHING;
    }, concurrency, new StageStatus(Clock.systemUTC()));

    @Test
    void aDatabaseThatAsksForLessGetsHalfOfTheWritersAndNeverNone() {
        failure = failure(FailureKind.THROTTLED);
        for (int allowed : new int[]{2, 1, 1}) {
            assertThatThrownBy(() -> writer.write(Records.batch())).isSameAs(failure);
            assertThat(concurrency.allowed()).isEqualTo(allowed);
        }
    }

    @Test
    void theyComeBackOneByOneWhileItTakesBatches() throws Exception {
        concurrency.throttled();
        for (int allowed : new int[]{3, 4, 4}) {
            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
            writer.write(Records.batch());
            writer.write(Records.batch());
            assertThat(concurrency.allowed()).isEqualTo(allowed);
        }
    }

    @Test
    void otherFailuresChangeNothing() {
        failure = failure(FailureKind.CONFLICT);
        assertThatThrownBy(() -> writer.write(Records.batch())).isSameAs(failure);
        assertThat(concurrency.allowed()).isEqualTo(4);
    }

    private static SqlFailure failure(FailureKind kind) {
        return new SqlFailure(kind, 1, null, "x", null);
    }
}

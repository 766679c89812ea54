package io.tokensync.writer.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;

import static io.tokensync.common.failure.FailureKind.CONFLICT;
import static io.tokensync.common.failure.FailureKind.ENVIRONMENT;
import static io.tokensync.common.failure.FailureKind.THROTTLED;
import static io.tokensync.common.failure.FailureKind.TRANSIENT;
import static io.tokensync.common.failure.FailureKind.UNKNOWN_OUTCOME;
import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetryingBatchWriterTest {
    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private final List<Duration> waits = new ArrayList<>();
    private final ScriptedBatchWriter database = new ScriptedBatchWriter();
    private final StageStatus status = new StageStatus(clock);
    private final Retrier retrier = new Retrier(RetryPolicy.standard(),
            failure -> failure instanceof SqlFailure known ? known.kind() : FailureKind.FATAL, status,
            RetryListener.NONE, clock, waits::add, RandomGenerator.getDefault());
    private final BatchWriter writer = new RetryingBatchWriter(new PoisonIsolation(database, _ -> {}), retrier);

    @Test
    void whatScanCycleesIsWaitedForAndTheWholeBatchWrittenAgain() throws Exception {
        database.failNext(TRANSIENT, THROTTLED, CONFLICT, UNKNOWN_OUTCOME, ENVIRONMENT);
        assertThat(writer.write(batch(upsert("a", 1, "x"), upsert("b", 1, "y"))).counts().inserted()).isEqualTo(2);
        assertThat(database.calls).containsExactly(2, 2, 2, 2, 2, 2);
        assertThat(waits.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(waits.get(1)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(waits.get(2)).isBetween(Duration.ofMillis(50), Duration.ofMillis(500));
        assertThat(waits.get(4)).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void anOutageHasNoLimitOfAttempts() throws Exception {
        for (int i = 0; i < 500; i++) {
            database.failNext(TRANSIENT);
        }
        assertThat(writer.write(batch(upsert("a", 1, "x"))).counts().inserted()).isOne();
        assertThat(waits).hasSize(500).allMatch(wait -> wait.compareTo(Duration.ofSeconds(75)) < 0);
    }

    @Test
    void aFailureInTheMiddleOfABisectionStartsItAgain() throws Exception {
        database.reject(state -> state.row().fields().did().equals("poison"));
        BatchWriter flaky = new BatchWriter() {
            private int calls;

            @Override
            public WriteOutcome write(TokenBatch batch) throws SqlFailure {
                if (++calls == 3) {
                    throw ScriptedBatchWriter.failure(TRANSIENT);
                }
                return database.write(batch);
            }
        };
        WriteOutcome outcome = new RetryingBatchWriter(new PoisonIsolation(flaky, _ -> {}), retrier)
                .write(batch(upsert("a", 1, "x"), upsert("b", 1, "poison"), upsert("c", 1, "z")));
        assertThat(outcome.rejected()).hasSize(1);
        assertThat(database.table).hasSize(2);
    }

    @Test
    void whatIsUnknownEndsTheWriter() {
        database.failNext(FailureKind.FATAL);
        assertThatThrownBy(() -> writer.write(batch(upsert("a", 1, "x")))).isInstanceOf(SqlFailure.class);
        assertThat(waits).isEmpty();
    }
}

package io.tokensync.writer.batch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SizedBatchWriterTest {
    private static final long MILLIS = 1_000_000;

    private final ScriptedBatchWriter database = new ScriptedBatchWriter();
    private long millisPerRow = 1;
    private final AtomicLong nanos = new AtomicLong();
    private final BatchSize size = new BatchSize(new BatchSize.Bounds(10, 40, 100, Duration.ofMillis(40)));
    private final BatchWriter measured = new MeasuringBatchWriter(batch -> {
        nanos.addAndGet(batch.size() * millisPerRow * MILLIS);
        return database.write(batch);
    }, size, nanos::get);
    private final BatchWriter writer = new SizedBatchWriter(measured, size);

    @Test
    void aBatchIsCutIntoEqualParts() throws Exception {
        assertThat(writer.write(rows(90)).counts()).isEqualTo(new BatchCounts(90, 0, 0, 0));
        assertThat(database.calls).containsExactly(30, 30, 30);
        assertThat(database.table).hasSize(90);
    }

    @Test
    void aServerThatGetsSlowGetsLessWithinTheSameBatch() throws Exception {
        millisPerRow = 4;
        writer.write(rows(100));
        assertThat(database.calls).containsExactly(34, 17, 10, 10, 10, 10, 9);
        millisPerRow = 0;
        writer.write(rows(400));
        assertThat(size.rows()).isEqualTo(100);
    }

    /** The parts before it are in the table and counted; whoever repeats the batch finds them there. */
    @Test
    void aFailureEndsTheBatch() {
        database.failNext(FailureKind.FATAL);
        assertThatThrownBy(() -> writer.write(rows(90))).isInstanceOf(SqlFailure.class);
        assertThat(database.calls).containsExactly(30);
    }

    @Test
    void whatIsRejectedInAnyPartIsRejected() throws Exception {
        database.reject(state -> state.key().tokenId().startsWith("t7"));
        WriteOutcome outcome = new SizedBatchWriter(new PoisonIsolation(measured, _ -> {}), size).write(rows(80));
        assertThat(outcome.rejected()).hasSize(11);
        assertThat(outcome.counts().inserted()).isEqualTo(69);
    }

    @Test
    void anEmptyBatchIsNothing() throws Exception {
        assertThat(writer.write(Records.batch(List.of())).counts()).isEqualTo(BatchCounts.NONE);
        assertThat(database.calls).isEmpty();
    }

    private static TokenBatch rows(int count) {
        return Records.batch(IntStream.range(0, count).mapToObj(i -> Records.upsert("t" + i, 1, "x")).toList());
    }
}

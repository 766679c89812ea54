package io.tokensync.writer.batch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class OwnThreadBatchWriterTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final TokenBatch BATCH = batch(upsert("a", 1, "x"));

    @Test
    void anInterruptedCallerWaitsForTheEndOfTheWriteAndTheWriteIsNotInterrupted() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean undisturbed = new AtomicBoolean();
        BatchWriter slow = batch -> {
            began.countDown();
            release.await();
            undisturbed.set(!Thread.currentThread().isInterrupted());
            return WriteOutcome.NOTHING;
        };
        try (OwnThreadBatchWriter writer = new OwnThreadBatchWriter(slow, "test-sql", BOUND)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    writer.write(BATCH);
                } catch (Exception e) {
                    thrown.set(e);
                }
            });
            began.await();
            await().until(() -> caller.getState() == Thread.State.WAITING);
            caller.interrupt();
            await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
            release.countDown();
            caller.join();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(undisturbed).isTrue();
        }
    }

    @Test
    void failuresArriveAsTheyAre() {
        try (OwnThreadBatchWriter writer = new OwnThreadBatchWriter(
                new ScriptedBatchWriter().failNext(FailureKind.TRANSIENT), "test-sql", BOUND)) {
            assertThatThrownBy(() -> writer.write(BATCH)).isInstanceOf(SqlFailure.class);
        }
        BatchWriter broken = _ -> {
            throw new IllegalStateException("broken");
        };
        try (OwnThreadBatchWriter writer = new OwnThreadBatchWriter(broken, "test-sql", BOUND)) {
            assertThatThrownBy(() -> writer.write(BATCH)).isInstanceOf(IllegalStateException.class);
        }
    }
}

package io.tokensync.writer;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.time.Sleeper;
import io.tokensync.writer.batch.BatchWriter;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqliteDatabases;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.batch.Records.batch;
import static io.tokensync.writer.batch.Records.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SchemaGateTest {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final StageStatus stage = new StageStatus(Clock.systemUTC());
    private final StageStatus gateStatus = stage.part();
    private final StageStatus loop = stage.part();

    @Test
    void aClosedGateIsShownWhateverTheLoopsDoAndABatchBehindItWaits() throws Exception {
        try (Database database = Database.open(SqliteDatabases.fresh(), 1);
                SchemaGate gate = gate(new Schema(database))) {
            gate.start();
            loop.running();
            await().atMost(LONGEST_WAIT).until(() -> stage.snapshot().state() == State.WAITING);
            assertThat(stage.snapshot().cause()).contains("TokenRecords");
            BatchWriter writer = gate.guard(_ -> null, loop);
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(writer));
            await().atMost(LONGEST_WAIT).until(loop::isWaiting);
            assertThat(stage.snapshot().cause()).as("the gate's cause says more").contains("TokenRecords");
            new Schema(database).migrate();
            await().atMost(LONGEST_WAIT).until(written::isDone);
            assertThat(written).isCompleted();
            assertThat(stage.snapshot().state()).isEqualTo(State.RUNNING);
            loop.stopped();
            await().atMost(LONGEST_WAIT).until(() -> stage.snapshot().state() == State.STOPPED);
        }
    }

    private SchemaGate gate(Schema schema) {
        Retrier retrier = new Retrier(RetryPolicy.standard().atMost(Duration.ofMillis(50)), WriterApp::kind, gateStatus,
                RetryListener.NONE, Clock.systemUTC(), Sleeper.system(), RandomGenerator.getDefault());
        return new SchemaGate(() -> schema.missingForWriter(true), retrier, gateStatus);
    }

    private static void write(BatchWriter writer) {
        try {
            var _ = writer.write(batch(upsert("a", 1, "x")));
        } catch (SqlFailure | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.tokensync.writer.recovery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.tds.faults.Effect;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.batch.BatchSize;
import io.tokensync.writer.batch.Records;

import static io.tokensync.tds.faults.Occasion.statement;
import static io.tokensync.writer.recovery.Recovery.LONGEST_WAIT;
import static io.tokensync.writer.recovery.Recovery.POISON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Troubles of which each needs a writer, a configuration or an order of events of its own; see {@link Recovery}. */
class RecoveryIT extends RecoverySetUp {
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(2);

    @Test
    void connectionsThatWereDroppedWhileIdle() throws Exception {
        recovery.send(300);
        recovery.start();
        recovery.awaitWritten();
        endpoint.killSessions();
        recovery.send(300);
        recovery.awaitWritten();
        recovery.assertConverged();
    }

    @Test
    void anOutageLongerThanThePollIntervalKeepsTheMembership() throws Exception {
        recovery.kafkaProperties(Map.of("max.poll.interval.ms", Long.toString(MAX_POLL_INTERVAL.toMillis())));
        recovery.send(300);
        WriterApp app = recovery.start();
        recovery.awaitWritten();
        double rebalances = rebalances();
        endpoint.reject();
        try {
            recovery.send(1_000);
            recovery.awaitWaiting(app);
            Instant enough = Clock.systemUTC().instant().plus(MAX_POLL_INTERVAL.multipliedBy(2));
            await().atMost(LONGEST_WAIT).until(() -> Clock.systemUTC().instant().isAfter(enough));
            assertThat(app.status().snapshot().state()).isEqualTo(State.WAITING);
            assertThat(app.alive()).isTrue();
        } finally {
            endpoint.acceptAgain();
        }
        recovery.awaitWritten();
        assertThat(rebalances()).isEqualTo(rebalances);
        recovery.assertConverged();
    }

    @Test
    void aRebalanceInTheMiddleOfABatch() throws Exception {
        endpoint.script().on(statement("^MERGE"), new Effect.Stall(Duration.ofSeconds(1)));
        recovery.send(2_000);
        recovery.start();
        await().atMost(LONGEST_WAIT).until(() -> endpoint.script().pending() == 0);
        recovery.start();
        recovery.awaitWritten();
        recovery.assertConverged();
    }

    @Test
    void twoThatBothBelieveToOwnThePartitions() throws Exception {
        recovery.send(2_000);
        String other = kafka.name("zombie");
        recovery.start();
        recovery.start(other, recovery.dead);
        recovery.awaitWritten();
        recovery.awaitWritten(other);
        recovery.assertConverged();
    }

    @Test
    void poisonInTheMiddleOfTenThousandRows() throws Exception {
        recovery.operator("ALTER TABLE dbo.TokenRecords ADD CONSTRAINT CK_poison CHECK (did <> 'poison')");
        try {
            List<TokenRecord> records = new ArrayList<>(IntStream.range(0, 10_000)
                    .mapToObj(i -> Records.upsert("t" + i, 1, i % 3_333 == 1_666 ? POISON : "did")).toList());
            recovery.batchRows(10_000);
            recovery.send(records);
            recovery.start();
            recovery.awaitWritten();
            recovery.assertConverged();
            ConsumerRecord<byte[], byte[]> deadLetter = recovery.deadLetters().getFirst();
            assertThat(new String(deadLetter.value(), StandardCharsets.UTF_8)).contains(POISON);
            assertThat(header(deadLetter, "sql_number")).isEqualTo("547");
            assertThat(header(deadLetter, "topic")).isEqualTo(recovery.topic);
            assertThat(header(deadLetter, "detail")).contains("547").doesNotContain(POISON);
        } finally {
            recovery.operator("ALTER TABLE dbo.TokenRecords DROP CONSTRAINT CK_poison");
        }
    }

    @Test
    void aDatabaseThatIsSlowGetsLessAtATime() throws Exception {
        recovery.transactions(new BatchSize.Bounds(50, 200, 200, Duration.ofMillis(100)));
        endpoint.script().on(statement("^MERGE").always(), new Effect.Stall(Duration.ofMillis(150)));
        recovery.send(IntStream.range(0, 600).mapToObj(i -> Records.upsert("t" + i, 1, "did")).toList());
        recovery.start();
        recovery.awaitWritten();
        assertThat(recovery.meters().get("tokensync.writer.batch.limit").gauge().value()).isEqualTo(50);
        recovery.assertConverged();
    }

    @Test
    void aSchemaThatDriftsIsNoPoison() throws Exception {
        recovery.operator("ALTER TABLE dbo.TokenRecords ADD CONSTRAINT CK_drift CHECK (record_version < 0)");
        recovery.send(1_000);
        WriterApp app = recovery.start();
        await().atMost(LONGEST_WAIT).until(() -> app.status().snapshot().kind() == FailureKind.ENVIRONMENT);
        recovery.operator("ALTER TABLE dbo.TokenRecords DROP CONSTRAINT CK_drift");
        recovery.awaitWritten();
        recovery.assertConverged();
    }

    @Test
    void aDeadLetterTopicThatIsNotThereIsWaitedFor() throws Exception {
        recovery.kafkaProperties(Map.of("max.block.ms", "1000"));
        String missing = kafka.name("dead");
        kafka.topics().produce(recovery.topic, "k", "{no json");
        recovery.send(300);
        WriterApp app = recovery.start(recovery.group, missing);
        recovery.awaitWaiting(app);
        kafka.topics().create(missing, 1);
        await().atMost(LONGEST_WAIT).until(() -> kafka.readCommitted(missing).size() == 1);
        await().atMost(LONGEST_WAIT).until(() -> app.progress().consumed() >= 301);
        recovery.assertConverged();
    }

    private double rebalances() {
        return recovery.meters().get("kafka.consumer.coordinator.rebalance.total").functionCounter().count();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

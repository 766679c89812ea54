package io.tokensync.writer;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.SqliteDatabases;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WriterAppTest {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** There is no broker either, so that no batch could tell. */
    @Test
    void aSchemaThatCannotBeCheckedIsSaidAndAskedForAgainBeforeTheFirstBatch() {
        SqlSettings sql = SqliteDatabases.fresh();
        Database closed = Database.open(sql, 1);
        closed.close();
        WriterConfig config = WriterConfig.of(KafkaSettings.at("127.0.0.1:1"), sql);
        try (WriterApp app = WriterApp.create(config, closed, new SimpleMeterRegistry(), Clock.systemUTC())) {
            app.start();
            await().atMost(LONGEST_WAIT).untilAsserted(() -> {
                assertThat(app.status().snapshot().state()).isEqualTo(State.WAITING);
                assertThat(app.status().snapshot().cause()).contains("a defect of this program");
            });
            assertThat(app.termination()).isNotDone();
            assertThat(app.alive()).isTrue();
        }
    }

    @Test
    void aWriterThatStartsWithoutKafkaIsStartingAndThenSaysWhatItWaitsFor() throws Exception {
        SqlSettings sql = SqliteDatabases.fresh();
        try (Database database = Database.open(sql, 1)) {
            new Schema(database).migrate();
        }
        WriterConfig config = WriterConfig.of(KafkaSettings.at("127.0.0.1:1"), sql).withSessions("sync.sessions");
        List<State> seen = new ArrayList<>();
        try (WriterApp app = WriterApp.create(config, new SimpleMeterRegistry(), Clock.systemUTC())) {
            app.start();
            await().atMost(LONGEST_WAIT).until(() -> {
                seen.add(app.status().snapshot().state());
                return seen.getLast() == State.WAITING;
            });
            assertThat(app.status().snapshot().cause()).contains("no word from Kafka at 127.0.0.1:1");
        }
        assertThat(seen).doesNotContain(State.STOPPED, State.RUNNING);
    }

    @Test
    void aWriterThatIsClosedWhileItChecksEndsInOrder() {
        SqlSettings sql = SqliteDatabases.fresh();
        WriterConfig config = WriterConfig.of(KafkaSettings.at("127.0.0.1:1"), sql);
        WriterApp app = WriterApp.create(config, new SimpleMeterRegistry(), Clock.systemUTC());
        app.start();
        app.close();
        assertThat(app.termination()).succeedsWithin(LONGEST_WAIT);
    }
}

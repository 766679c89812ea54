package io.tokensync.writer;

import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.Database;

import static org.assertj.core.api.Assertions.assertThat;

class WriterAppTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** There is no broker either, so that no batch could tell. */
    @Test
    void aSchemaThatCannotBeCheckedEndsTheWriterBeforeItsFirstBatch() {
        SqlSettings sql = SqlSettings.of("jdbc:h2:mem:closed");
        Database closed = Database.open(sql, 1);
        closed.close();
        WriterConfig config = WriterConfig.of(KafkaSettings.at("127.0.0.1:1"), sql);
        try (WriterApp app = WriterApp.create(config, closed, new SimpleMeterRegistry(), Clock.systemUTC())) {
            app.start();
            assertThat(app.termination()).failsWithin(PATIENCE).withThrowableThat().havingCause()
                    .isInstanceOf(SqlFailure.class);
        }
    }

    @Test
    void aWriterThatIsClosedWhileItChecksEndsInOrder() {
        SqlSettings sql = SqlSettings.of("jdbc:h2:mem:without-schema");
        WriterConfig config = WriterConfig.of(KafkaSettings.at("127.0.0.1:1"), sql);
        WriterApp app = WriterApp.create(config, new SimpleMeterRegistry(), Clock.systemUTC());
        app.start();
        app.close();
        assertThat(app.termination()).succeedsWithin(PATIENCE);
    }
}

package io.tokensync.writer;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.WireServer;
import io.tokensync.writer.schema.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a writer says of its server when it starts. */
class WriterStartWireIT {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @RegisterExtension
    final WireServer server = new WireServer();

    private final Logger logger = (Logger) LoggerFactory.getLogger(WriterApp.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    @Test
    void readersThatWaitForWritersAreSaidOnceTheSchemaIsThere() throws Exception {
        try (Database database = Database.open(server.settings(), 1)) {
            new Schema(database).migrate();
        }
        try (Connection connection = server.endpoint().data().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE sys.database_options SET read_committed_snapshot = FALSE");
        }
        WriterConfig config = WriterConfig.of(KafkaSettings.at("127.0.0.1:1"), server.settings());
        try (WriterApp app = WriterApp.create(config, new SimpleMeterRegistry(), Clock.systemUTC())) {
            app.start();
            await().atMost(LONGEST_WAIT).untilAsserted(() -> assertThat(List.copyOf(log.list)).singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage).asString()
                    .contains("READ_COMMITTED_SNAPSHOT is off", "SET READ_COMMITTED_SNAPSHOT ON"));
        }
    }
}

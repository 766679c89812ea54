package io.tokensync.cli.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import static org.assertj.core.api.Assertions.assertThat;

class RoutineWarningsTest {
    private static final String SENDER = "org.apache.kafka.clients.producer.internals.Sender";
    /** As Kafka's clients have it. */
    private static final String RETRYING = "Got error produce response with correlation id {} on topic-partition {}, "
            + "retrying ({} attempts left). Error: {}";

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> shown = new ListAppender<>();

    @Test
    void aTransactionThatHasToComeAgainIsNotShownAndEverythingElseIs() {
        RoutineWarnings routine = new RoutineWarnings();
        routine.start();
        shown.addFilter(routine);
        shown.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(shown);
        Logger sender = context.getLogger(SENDER);
        sender.warn(RETRYING, 17, "sync.sessions-3", 2147483645, "CONCURRENT_TRANSACTIONS");
        assertThat(shown.list).isEmpty();
        sender.warn(RETRYING, 18, "sync.sessions-3", 2147483645, "NOT_ENOUGH_REPLICAS");
        sender.error("Aborting producer batches due to fatal error CONCURRENT_TRANSACTIONS");
        context.getLogger("io.tokensync.Any").warn("cannot go on: CONCURRENT_TRANSACTIONS");
        assertThat(shown.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.ERROR, Level.WARN);
    }
}

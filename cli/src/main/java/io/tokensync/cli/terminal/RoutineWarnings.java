package io.tokensync.cli.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps out what Kafka's producers warn of in a healthy cluster: a transaction begins while the brokers still complete the
 * one before it, and is told to come again, which it does. Of a monitor that is most of what it would log.
 */
public final class RoutineWarnings extends Filter<ILoggingEvent> {
    private static final String SENDER = "org.apache.kafka.clients.producer.internals.Sender";
    private static final String COME_AGAIN = "CONCURRENT_TRANSACTIONS";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean routine = event.getLevel() == Level.WARN && event.getLoggerName().equals(SENDER)
                && event.getFormattedMessage().contains(COME_AGAIN);
        return routine ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}

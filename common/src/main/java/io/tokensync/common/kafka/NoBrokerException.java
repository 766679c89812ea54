package io.tokensync.common.kafka;

import org.apache.kafka.common.KafkaException;

/** No broker answers, or it rejects this user; the message says where, why, and what to look at. */
public final class NoBrokerException extends KafkaException {
    private static final long serialVersionUID = 1L;

    NoBrokerException(String bootstrapServers, Throwable cause) {
        super("no broker of " + bootstrapServers + " answers (" + cause.getMessage()
                + "); see that it runs, that kafka.bootstrap-servers is right, and what kafka.properties say of security",
                cause);
    }
}

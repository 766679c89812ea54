package io.tokensync.common.kafka;

import java.util.concurrent.ExecutionException;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** What the brokers answer to an administrator's request. */
public final class AdminAnswer {
    private AdminAnswer() {}

    /** The result, or Kafka's own exception. */
    public static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        }
    }
}

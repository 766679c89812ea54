package io.tokensync.writer.batch;

import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.common.kafka.ContentRetry;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.ReceiptScope;

/**
 * A record with the bytes and coordinates it was read from, which a dead letter needs.
 *
 * @param record what it says
 * @param source where it stands in its topic
 */
public record Received(TokenRecord record, ConsumerRecord<byte[], byte[]> source) {
    public Received {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(source, "source");
    }

    /** Whose receipt counts it. */
    public ReceiptKey origin() {
        return new ReceiptKey(ReceiptScope.of(record), ContentRetry.isOne(source));
    }
}

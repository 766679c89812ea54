package io.tokensync.scanner.publish;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.verification.NodeDigest;

/**
 * One record and what the broker has said to it. What Kafka carries is made for each sending, and what is acknowledged
 * is let go: batches wait for their acknowledgement as a whole, and the agent is small.
 */
final class PendingRecord {
    private TokenRecord token;
    private Encoding encoding;
    private volatile State state = State.OPEN;

    private enum State {
        OPEN,
        ACKNOWLEDGED,
        TOO_LARGE
    }

    /** Makes the record that Kafka carries. */
    @FunctionalInterface
    private interface Encoding {
        ProducerRecord<byte[], byte[]> by(RecordEncoder encoder);
    }

    private PendingRecord(TokenRecord token, Encoding encoding) {
        this.token = token;
        this.encoding = encoding;
    }

    static PendingRecord of(TokenRecord token) {
        return new PendingRecord(token, encoder -> encoder.encode(token));
    }

    static PendingRecord of(RejectedRow row) {
        return new PendingRecord(null, encoder -> encoder.encode(row));
    }

    static PendingRecord of(Receipt receipt) {
        return new PendingRecord(null, encoder -> encoder.encode(receipt));
    }

    static PendingRecord of(NodeDigest digest) {
        return new PendingRecord(null, encoder -> encoder.encode(digest));
    }

    /** The token record; null for a dead letter, a receipt, a digest, and what is acknowledged. */
    TokenRecord token() {
        return token;
    }

    ProducerRecord<byte[], byte[]> record(RecordEncoder encoder) {
        return encoding.by(encoder);
    }

    /** Whether it has to be sent, perhaps again. */
    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isTooLarge() {
        return state == State.TOO_LARGE;
    }

    /** Takes the broker's answer, and returns whether that is all there is to say. */
    boolean complete(Exception failure) {
        if (failure == null) {
            state = State.ACKNOWLEDGED;
            token = null;
            encoding = null;
        } else if (failure instanceof RecordTooLargeException) {
            state = State.TOO_LARGE;
        }
        return state != State.OPEN;
    }
}

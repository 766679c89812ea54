package io.tokensync.scanner.publish;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;

/** One record and what the broker has said to it. */
final class Shipment {
    private final TokenRecord token;
    private final ProducerRecord<byte[], byte[]> record;
    private volatile State state = State.OPEN;

    private enum State {
        OPEN,
        ACKNOWLEDGED,
        TOO_LARGE
    }

    private Shipment(TokenRecord token, ProducerRecord<byte[], byte[]> record) {
        this.token = token;
        this.record = record;
    }

    static Shipment of(RecordEncoder encoder, TokenRecord token) {
        return new Shipment(token, encoder.encode(token));
    }

    static Shipment of(RecordEncoder encoder, RefusedRow row) {
        return new Shipment(null, encoder.encode(row));
    }

    static Shipment of(RecordEncoder encoder, Receipt receipt) {
        return new Shipment(null, encoder.encode(receipt));
    }

    /** The token record; null for a dead letter or a receipt. */
    TokenRecord token() {
        return token;
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    /** Whether it has to be sent, perhaps again. */
    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isTooLarge() {
        return state == State.TOO_LARGE;
    }

    /** Takes the broker's answer, and returns whether that is all there is to say. */
    boolean settle(Exception failure) {
        if (failure == null) {
            state = State.ACKNOWLEDGED;
        } else if (failure instanceof RecordTooLargeException) {
            state = State.TOO_LARGE;
        }
        return state != State.OPEN;
    }
}

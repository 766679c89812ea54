package io.tokensync.monitor.reconciliation.streams;

import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptCheck;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.UnreadableRecordException;

/**
 * Lets no receipt pass that cannot be, and makes the dead letters of those; in the transaction that passes over them, so
 * once.
 */
final class UnfitReceipts {
    private static final String STAGE = "monitor";
    /** With the headers of a dead letter a longer receipt might not fit a record. */
    private static final int LONGEST_PAYLOAD = 512 * 1024;

    private UnfitReceipts() {}

    /** The receipt in these bytes. */
    static Receipt read(byte[] value) throws UnreadableRecordException {
        Receipt receipt = ReceiptSerde.read(value);
        Optional<String> problem = ReceiptCheck.problem(receipt);
        if (problem.isPresent()) {
            throw new UnreadableRecordException("receipt: " + problem.get());
        }
        return receipt;
    }

    /** The dead letter of a record. */
    static Record<byte[], byte[]> deadLetter(Record<byte[], byte[]> record, Optional<RecordMetadata> place,
            UnreadableRecordException cause) {
        DeadLetter.FromTopic origin = new DeadLetter.FromTopic(place.map(RecordMetadata::topic).orElse(Topics.RECEIPTS),
                place.map(RecordMetadata::partition).orElse(-1), place.map(RecordMetadata::offset).orElse(-1L),
                record.timestamp(), record.headers());
        DeadLetter deadLetter = new DeadLetter(STAGE, cause.reason().code(), cause.getMessage(), origin, record.key(),
                record.value());
        boolean isLong = record.value() != null && record.value().length > LONGEST_PAYLOAD;
        ProducerRecord<byte[], byte[]> made = (isLong ? deadLetter.withoutPayload() : deadLetter)
                .toRecord(Topics.DEAD_LETTER);
        return new Record<>(made.key(), made.value(), record.timestamp(), made.headers());
    }
}

package io.tokensync.enricher.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.serde.RecordIntake;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.retry.RetrySchedule;

/**
 * Where everything goes that becomes of a row, whichever handler has it.
 *
 * @param intake reads the rows
 * @param retries when and where its content is asked for again
 * @param enriched the row with what is known of its content
 * @param deadLetterTopic what cannot be read
 * @param receiptsTopic what was done
 * @param metrics the same in numbers
 */
public record RowOutputs(RecordIntake intake, RetrySchedule retries, EnrichedRecords enriched, String deadLetterTopic,
        String receiptsTopic,
        EnricherMetrics metrics) {
    static final String STAGE = "enricher";

    /** A record that cannot be read, dead-lettered as it is. */
    ProducerRecord<byte[], byte[]> unreadable(ConsumerRecord<byte[], byte[]> record, UnreadableRecordException cause) {
        return DeadLetter.of(STAGE, cause.reason(), cause.getMessage(), record).toRecord(deadLetterTopic);
    }
}

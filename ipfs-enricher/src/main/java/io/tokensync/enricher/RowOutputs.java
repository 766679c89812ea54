package io.tokensync.enricher;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.DeadLetter;
import io.tokensync.common.model.RefusalReason;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.retry.RetrySchedule;

/**
 * Where everything goes that becomes of a row, whichever handler has it.
 *
 * @param retries when and where its content is asked for again
 * @param enriched the row with what is known of its content
 * @param deadLetterTopic what cannot be read
 * @param receiptsTopic what was done
 * @param metrics the same in numbers
 */
record RowOutputs(RetrySchedule retries, EnrichedRecords enriched, String deadLetterTopic, String receiptsTopic,
        EnricherMetrics metrics) {
    static final String STAGE = "enricher";

    /** A record that cannot be read, put aside as it is. */
    ProducerRecord<byte[], byte[]> unreadable(ConsumerRecord<byte[], byte[]> record, UnreadableRecordException cause) {
        return DeadLetter.of(STAGE, RefusalReason.UNREADABLE_RECORD, cause.getMessage(), record)
                .toRecord(deadLetterTopic);
    }
}

package io.tokensync.enricher.handler;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.ContentRetry;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.RecordLabel;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.retry.RetrySchedule;

/**
 * What becomes of a row, whichever handler has it, and where that goes.
 *
 * @param clock tells when content was missed
 * @param retries when and where content is asked for again
 * @param enrichedTopic the rows with what is known of their content
 * @param deadLetterTopic what cannot be read
 * @param receiptsTopic what was done
 * @param metrics the same in numbers
 */
public record RowOutputs(Clock clock, RetrySchedule retries, String enrichedTopic, String deadLetterTopic,
        String receiptsTopic, EnricherMetrics metrics) {
    static final String STAGE = "enricher";

    ProducerRecord<byte[], byte[]> enriched(TokenRecord row, Content content) {
        return enriched(row, content, null);
    }

    /** With the block that proves the content; null when it needs none. */
    ProducerRecord<byte[], byte[]> enriched(TokenRecord row, Content content, IpfsBlock proof) {
        return enriched(row, TokenRecordSerde.write(row.withContent(content, proof)));
    }

    /** With what the row is already, as bytes. */
    ProducerRecord<byte[], byte[]> enriched(TokenRecord row, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(enrichedTopic, row.key().toRecordKey(), value);
        record.headers().add(TokenRecordSerde.SCHEMA_VERSION_HEADER, TokenRecordSerde.schemaVersionHeader());
        return RecordLabel.put(record, row);
    }

    /** A row that had passed without this content, sent again; proof as above. */
    ProducerRecord<byte[], byte[]> again(TokenRecord row, Content content, IpfsBlock proof, int attempt) {
        ProducerRecord<byte[], byte[]> record = enriched(row, content, proof);
        record.headers().add(ContentRetry.HEADER, Integer.toString(attempt).getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    /** There is no content and there is not going to be one. */
    Content failed(Failed failure) {
        return new Content.Failed(clock.millis(), failure.reason().describe(failure.detail()));
    }

    /** There is no content yet; it is asked for again. */
    Content pending(Failed failure) {
        return new Content.Failed(clock.millis(), failure.reason().describePending(failure.detail()));
    }

    /** A record that cannot be read, dead-lettered as it is. */
    ProducerRecord<byte[], byte[]> unreadable(ConsumerRecord<byte[], byte[]> record, UnreadableRecordException cause) {
        return DeadLetter.of(STAGE, cause.reason(), cause.getMessage(), record).toRecord(deadLetterTopic);
    }
}

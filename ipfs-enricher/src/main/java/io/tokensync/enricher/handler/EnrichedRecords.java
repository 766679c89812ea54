package io.tokensync.enricher.handler;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.kafka.ContentRetry;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.RecordLabel;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.enricher.content.ContentAnswer.Failed;

/** Writes the records of {@code tokens.enriched}. */
public final class EnrichedRecords {
    private final String topic;
    private final Clock clock;

    public EnrichedRecords(String topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    ProducerRecord<byte[], byte[]> of(TokenRecord row, Content content) {
        return of(row, TokenRecordSerde.write(row.withContent(content)));
    }

    /** With the block that proves the content; null when it needs none. */
    ProducerRecord<byte[], byte[]> of(TokenRecord row, Content content, IpfsBlock proof) {
        return of(row, TokenRecordSerde.write(row.withContent(content, proof)));
    }

    /** With what the row is already, as bytes. */
    ProducerRecord<byte[], byte[]> of(TokenRecord row, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, row.key().toRecordKey(), value);
        record.headers().add(TokenRecordSerde.SCHEMA_VERSION_HEADER, TokenRecordSerde.schemaVersionHeader());
        return RecordLabel.put(record, row);
    }

    /** A row that had passed without this content, sent again. */
    ProducerRecord<byte[], byte[]> again(TokenRecord row, Content content, int attempt) {
        return again(row, content, null, attempt);
    }

    /** The same with the block that proves the content; null when it needs none. */
    ProducerRecord<byte[], byte[]> again(TokenRecord row, Content content, IpfsBlock proof, int attempt) {
        ProducerRecord<byte[], byte[]> record = of(row, content, proof);
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
}

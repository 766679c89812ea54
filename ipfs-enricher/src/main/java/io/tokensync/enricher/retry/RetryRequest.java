package io.tokensync.enricher.retry;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.serde.TokenRecordSerde;

/**
 * A row whose content is to be asked for again. It is the row as it was when the content was missed; should a newer version
 * of it, or its deletion, have come meanwhile, the convergence invariant takes only the content from what comes of the request.
 *
 * @param row without content and block
 * @param attempts how often a source has been asked and had no content, the first time not counted
 */
public record RetryRequest(TokenRecord row, int attempts) {
    /** Header of a request: when it is due, in milliseconds since the epoch, as text. */
    private static final String DUE = "content_due";
    /** Header of a request: {@link #attempts}, as text. */
    private static final String ATTEMPTS = "content_attempts";

    public RetryRequest {
        Objects.requireNonNull(row, "row");
        row = row.withContent(Content.absent());
    }

    /**
     * The request as a record.
     *
     * @param due in milliseconds since the epoch
     */
    public ProducerRecord<byte[], byte[]> toRecord(String topic, long due) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, row.key().toRecordKey(),
                TokenRecordSerde.write(row));
        record.headers().add(TokenRecordSerde.SCHEMA_VERSION_HEADER, TokenRecordSerde.schemaVersionHeader())
                .add(DUE, ascii(due)).add(ATTEMPTS, ascii(attempts));
        return record;
    }

    /** The request to ask for this row's content; without the header of the record, it is a first one. */
    public static RetryRequest of(TokenRecord row, ConsumerRecord<byte[], byte[]> record) {
        return new RetryRequest(row, Math.clamp(number(record.headers(), ATTEMPTS), 0, Integer.MAX_VALUE));
    }

    /** When the request is due; at once, when its header does not tell. */
    public static long dueAt(ConsumerRecord<byte[], byte[]> record) {
        return number(record.headers(), DUE);
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    /** 0 for what is not there or is no number. */
    private static long number(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        try {
            return header == null || header.value() == null
                    ? 0
                    : Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}

package io.tokensync.common.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** The mark of a record that comes again only because its content came late. */
public final class ContentRetry {
    /** Header with the number of the attempt, as text. */
    public static final String HEADER = "content_retry";

    private ContentRetry() {}

    /** Whether a record carries the mark: it counts as an update of content, and not as a row of its session. */
    public static boolean isOne(ConsumerRecord<byte[], byte[]> record) {
        return isOne(record.headers());
    }

    /** The same, of the record's headers. */
    public static boolean isOne(Headers headers) {
        return headers.lastHeader(HEADER) != null;
    }
}

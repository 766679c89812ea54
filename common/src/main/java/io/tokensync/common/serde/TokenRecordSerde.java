package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;

import io.tokensync.common.model.TokenRecord;

/**
 * A {@link TokenRecord} as the value of a Kafka record, and back. The record on the topic carries the header
 * {@link #SCHEMA_VERSION_HEADER}.
 */
public final class TokenRecordSerde {
    /** Header with the version of the JSON's shape; only a change that old readers cannot ignore raises it. */
    public static final String SCHEMA_VERSION_HEADER = "schema_version";
    /** The version that {@link #write} writes. */
    public static final int SCHEMA_VERSION = 1;

    /** Its buffer has the right size after the first record of a thread. */
    private static final ThreadLocal<RecordWriter> WRITERS = ThreadLocal.withInitial(RecordWriter::new);

    /** A thread of a loop reads one batch. */
    private static final ThreadLocal<RecentTexts> RECENT = ThreadLocal.withInitial(RecentTexts::new);

    private TokenRecordSerde() {}

    /** The value of the schema version header, as text. A new array each time: nobody owns a header's bytes. */
    public static byte[] schemaVersionHeader() {
        return Integer.toString(SCHEMA_VERSION).getBytes(StandardCharsets.US_ASCII);
    }

    /** The record as JSON in UTF-8. Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD. */
    public static byte[] write(TokenRecord record) {
        return WRITERS.get().write(record);
    }

    /**
     * The record in these bytes; unknown fields are ignored.
     *
     * @param json value of a Kafka record; null for a tombstone
     * @throws UnreadableRecordException whatever is wrong with them, with the name of the field
     */
    public static TokenRecord read(byte[] json) throws UnreadableRecordException {
        if (json == null) {
            throw new UnreadableRecordException("the record has no value");
        }
        RecordReader reader = new RecordReader(RECENT.get());
        reader.read(json);
        return reader.toRecord();
    }
}

package io.tokensync.common.serde;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

import io.tokensync.common.model.ColumnLimits;
import io.tokensync.common.model.FieldCheck;
import io.tokensync.common.model.TokenKey;
import io.tokensync.common.model.TokenRecord;

/**
 * What a record says of itself outside of its value: key and header together tell which record it is, so that one whose
 * value cannot be read can still be accounted for.
 *
 * @param sourceIp the machine
 * @param nodeName the node
 * @param version the record's version
 */
public record RecordLabel(String sourceIp, String nodeName, long version) {
    /** Header of each record of a row: {@code record_version} of its value, as text. */
    public static final String VERSION_HEADER = "record_version";

    /** Puts the label on a record that has the row's key. */
    public static ProducerRecord<byte[], byte[]> put(ProducerRecord<byte[], byte[]> record, TokenRecord row) {
        record.headers().add(VERSION_HEADER, Long.toString(row.recordVersion()).getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    /** Whether a receipt can name it. */
    private boolean isFit() {
        FieldCheck check = new FieldCheck();
        check.printable("source_ip", sourceIp, ColumnLimits.SOURCE_IP);
        check.text("node_name", nodeName, ColumnLimits.NODE_NAME);
        check.version("record_version", version);
        return check.problem().isEmpty();
    }

    /** The label of a record; empty when it has none, or none that can be read: then no stage of ours has made it. */
    public static Optional<RecordLabel> of(ConsumerRecord<byte[], byte[]> record) {
        Header version = record.headers().lastHeader(VERSION_HEADER);
        if (version == null || version.value() == null || record.key() == null) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(new String(version.value(), StandardCharsets.US_ASCII));
            return TokenKey.ofRecordKey(record.key())
                    .map(key -> new RecordLabel(key.sourceIp(), key.nodeName(), number))
                    .filter(RecordLabel::isFit);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}

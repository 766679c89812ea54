package io.tokensync.scanner.publish;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.kafka.DeadLetter;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.RecordLabel;
import io.tokensync.common.serde.RecordWriter;
import io.tokensync.common.serde.TokenRecordSerde;

/** Records as Kafka carries them. Not for several threads. */
final class RecordEncoder {
    private static final String STAGE = "scanner";
    /** Characters of a stored value that a dead letter shows; a broken row must not make a record that no broker takes. */
    private static final int SHOWN = 4_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PublishTopics topics;
    private final RecordWriter records = new RecordWriter();

    RecordEncoder(PublishTopics topics) {
        this.topics = topics;
    }

    ProducerRecord<byte[], byte[]> encode(TokenRecord record) {
        ProducerRecord<byte[], byte[]> encoded = new ProducerRecord<>(topics.scanned(), record.key().toRecordKey(),
                records.write(record));
        encoded.headers().add(TokenRecordSerde.SCHEMA_VERSION_HEADER, TokenRecordSerde.schemaVersionHeader());
        return RecordLabel.put(encoded, record);
    }

    ProducerRecord<byte[], byte[]> encode(RefusedRow row) {
        Map<String, Object> columns = new LinkedHashMap<>();
        row.columns().forEach((name, value) -> columns.put(name, shown(value)));
        DeadLetter.FromDatabase origin = new DeadLetter.FromDatabase(row.dbPath(), row.table(),
                Long.toString(row.rowid()), row.nodeName(), row.sourceIp(), row.sessionId());
        return new DeadLetter(STAGE, row.reason().code(), row.detail(), origin, null, JSON.writeValueAsBytes(columns))
                .toRecord(topics.deadLetter());
    }

    ProducerRecord<byte[], byte[]> encode(Receipt receipt) {
        return ReceiptSerde.toRecord(topics.receipts(), receipt);
    }

    private static Object shown(Object value) {
        return switch (value) {
            case byte[] bytes ->
                shorten("x'" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN)) + "'");
            case String text -> shorten(text);
            default -> value;
        };
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }
}

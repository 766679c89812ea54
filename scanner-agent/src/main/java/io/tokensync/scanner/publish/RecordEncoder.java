package io.tokensync.scanner.publish;

import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.json.JsonMapper;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.RecordLabel;
import io.tokensync.common.serde.RecordWriter;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.common.serde.VerificationSerde;
import io.tokensync.common.verification.NodeDigest;

/** Records as Kafka carries them. Not for several threads. */
final class RecordEncoder {
    private static final String STAGE = "scanner";
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

    ProducerRecord<byte[], byte[]> encode(RejectedRow row) {
        DeadLetter.FromDatabase origin = new DeadLetter.FromDatabase(row.dbPath(), row.table(),
                Long.toString(row.rowid()), row.nodeName(), row.sourceIp(), row.sessionId());
        return new DeadLetter(STAGE, row.reason().code(), row.detail(), origin, null,
                JSON.writeValueAsBytes(row.columns()))
                .toRecord(topics.deadLetter());
    }

    ProducerRecord<byte[], byte[]> encode(Receipt receipt) {
        return ReceiptSerde.toRecord(topics.receipts(), receipt);
    }

    ProducerRecord<byte[], byte[]> encode(NodeDigest digest) {
        return VerificationSerde.toRecord(topics.digests(), digest);
    }
}

package io.tokensync.monitor.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import io.tokensync.common.kafka.deadletter.DeadLetter;

/** Records of the topic of dead letters, for tests. */
public final class DeadLetters {
    private DeadLetters() {}

    /** A record that a stage has rejected. */
    public static ConsumerRecord<byte[], byte[]> fromTopic(long offset, Instant at, String reason, String detail,
            String key, String payload) {
        return stored(offset, at, new DeadLetter("writer", reason, detail,
                new DeadLetter.FromTopic("tokens.enriched", 3, 4_711, at.toEpochMilli(), new RecordHeaders()),
                bytes(key), bytes(payload)));
    }

    /** A row that the scanner has rejected. */
    public static ConsumerRecord<byte[], byte[]> fromDatabase(long offset, Instant at, String node, String session) {
        return stored(offset, at, new DeadLetter("scanner", "token_id_missing", "the row has no token id",
                new DeadLetter.FromDatabase("/nodes/" + node + "/Rubix/rubix.db", "TokensTable", "17", node,
                        "10.20.0.11",
                        session),
                null, bytes("{\"did\":\"did:1\"}")));
    }

    private static ConsumerRecord<byte[], byte[]> stored(long offset, Instant at, DeadLetter content) {
        ProducerRecord<byte[], byte[]> sent = content.toRecord("tokens.dead-letter");
        return new ConsumerRecord<>("tokens.dead-letter", 0, offset, at.toEpochMilli(), TimestampType.CREATE_TIME, -1,
                -1,
                sent.key(), sent.value(), sent.headers(), Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}

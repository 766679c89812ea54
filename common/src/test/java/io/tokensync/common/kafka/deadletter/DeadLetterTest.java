package io.tokensync.common.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import io.tokensync.common.kafka.deadletter.DeadLetter.FromDatabase;
import io.tokensync.common.kafka.deadletter.DeadLetter.FromTopic;
import io.tokensync.common.model.RejectionReason;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterTest {
    private static final byte[] KEY = bytes("10.0.0.1|node1|Qm1");
    private static final byte[] PAYLOAD = bytes("{ no json");

    @Test
    void aRecordOfATopicKeepsItsBytesHeadersAndPlace() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("schema_version", bytes("1"));
        ConsumerRecord<byte[], byte[]> rejected = new ConsumerRecord<>("tokens.scanned", 3, 42L, 1_700_000_000_000L,
                TimestampType.CREATE_TIME, KEY.length, PAYLOAD.length, KEY, PAYLOAD, headers, Optional.empty());
        DeadLetter read = sendAndRead(
                DeadLetter.of("enricher", RejectionReason.UNREADABLE_RECORD, "no JSON", rejected));
        assertThat(read.stage()).isEqualTo("enricher");
        assertThat(read.reason()).isEqualTo("unreadable_record");
        assertThat(read.detail()).isEqualTo("no JSON");
        assertThat(read.key()).isEqualTo(KEY);
        assertThat(read.payload()).isEqualTo(PAYLOAD);
        assertThat(read.origin()).isInstanceOfSatisfying(FromTopic.class, from -> {
            assertThat(from.topic()).isEqualTo("tokens.scanned");
            assertThat(from.partition()).isEqualTo(3);
            assertThat(from.offset()).isEqualTo(42);
            assertThat(from.timestamp()).isEqualTo(1_700_000_000_000L);
            assertThat(from.headers().lastHeader("schema_version").value()).isEqualTo(bytes("1"));
        });
    }

    @Test
    void aRowOfADatabaseKeepsItsPlaceAndMayLackAKey() {
        FromDatabase origin = new FromDatabase("/nodes/ä/Rubix/rubix.db", "TokensTable", "7", "node1", "10.0.0.1",
                "s1");
        DeadLetter read = sendAndRead(
                new DeadLetter("scanner", RejectionReason.TOKEN_ID_MISSING.code(), "NULL", origin, null, PAYLOAD));
        assertThat(read.origin()).isEqualTo(origin);
        assertThat(read.key()).isNull();
    }

    @Test
    void anotherRecordIsNoDeadLetter() {
        assertThat(DeadLetter.read(new ConsumerRecord<>("t", 0, 0, KEY, PAYLOAD))).isEmpty();
    }

    private static DeadLetter sendAndRead(DeadLetter deadLetter) {
        ProducerRecord<byte[], byte[]> sent = deadLetter.toRecord("tokens.dead-letter");
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(sent.topic(), 0, 0, 0, TimestampType.CREATE_TIME,
                0, 0, sent.key(), sent.value(), sent.headers(), Optional.empty());
        return DeadLetter.read(received).orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

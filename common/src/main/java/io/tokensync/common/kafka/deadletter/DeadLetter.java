package io.tokensync.common.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.model.RejectionReason;

/**
 * A row or record that cannot be written, as it goes to {@link Topics#DEAD_LETTER}: the original bytes as payload, the
 * cause and where it comes from in the headers, in UTF-8.
 */
public final class DeadLetter {
    private static final String STAGE = "stage";
    private static final String REASON = "reason";
    private static final String DETAIL = "detail";
    private static final String PAYLOAD_LEFT = "payload_left_at_origin";
    private static final String REPLAYS = "dead_letter_replays";
    private static final List<String> OURS = List.of("topic", "partition", "offset", "timestamp", STAGE, REASON, DETAIL,
            PAYLOAD_LEFT);
    private static final int LONGEST_KEY = 1_024;

    private final String stage;
    private final String reason;
    private final String detail;
    private final Origin origin;
    private final byte[] key;
    private final byte[] payload;
    private final boolean payloadLeft;

    /**
     * @param stage who rejects it: {@code scanner}, {@code enricher}, {@code writer}
     * @param reason code of the reason
     * @param detail one sentence for people; no credentials
     * @param origin where it comes from
     * @param key original key, or null; not copied
     * @param payload original bytes, or null; not copied
     */
    public DeadLetter(String stage, String reason, String detail, Origin origin, byte[] key, byte[] payload) {
        this(stage, reason, detail, origin, key, payload, false);
    }

    private DeadLetter(String stage, String reason, String detail, Origin origin, byte[] key, byte[] payload,
            boolean payloadLeft) {
        this.stage = Objects.requireNonNull(stage, STAGE);
        this.reason = Objects.requireNonNull(reason, REASON);
        this.detail = Objects.requireNonNull(detail, DETAIL);
        this.origin = Objects.requireNonNull(origin, "origin");
        this.key = key;
        this.payload = payload;
        this.payloadLeft = payloadLeft;
    }

    /** Where a rejected thing comes from. */
    public sealed interface Origin {}

    /**
     * A record of a topic.
     *
     * @param timestamp in milliseconds since the epoch
     * @param headers of the original record; handed on before our own
     */
    public record FromTopic(String topic, int partition, long offset, long timestamp,
            Headers headers) implements Origin {}

    /**
     * A row of a node's database.
     *
     * @param row ROWID, or the primary key where there is none
     */
    public record FromDatabase(String dbPath, String table, String row, String nodeName, String sourceIp,
            String sessionId) implements Origin {}

    public String stage() {
        return stage;
    }

    public String reason() {
        return reason;
    }

    public String detail() {
        return detail;
    }

    public Origin origin() {
        return origin;
    }

    /** Original key, or null. */
    public byte[] key() {
        return key;
    }

    /** Original bytes, or null. */
    public byte[] payload() {
        return payload;
    }

    /** Whether the payload, which may have been too large for a dead letter, is only where it came from. */
    public boolean isPayloadLeftAtOrigin() {
        return payloadLeft;
    }

    /**
     * The same dead letter small enough to be sent for certain: the payload, the original headers and a key of more than 1 KiB
     * stay where they are, and a header says so.
     */
    public DeadLetter withoutPayload() {
        byte[] shortKey = key == null || key.length > LONGEST_KEY ? null : key;
        Origin place = origin instanceof FromTopic from
                ? new FromTopic(from.topic, from.partition, from.offset, from.timestamp, onlyReplays(from.headers))
                : origin;
        return new DeadLetter(stage, reason, detail, place, shortKey, null, true);
    }

    private static Headers onlyReplays(Headers headers) {
        Headers kept = new RecordHeaders();
        write(kept, REPLAYS, text(headers, REPLAYS));
        return kept;
    }

    /** For a record of a topic. */
    public static DeadLetter of(String stage, RejectionReason reason, String detail,
            ConsumerRecord<byte[], byte[]> record) {
        return of(stage, reason.code(), detail, record);
    }

    /** For a record of a topic, with a reason of the stage's own. */
    public static DeadLetter of(String stage, String reason, String detail, ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(stage, reason, detail, new FromTopic(record.topic(), record.partition(), record.offset(),
                record.timestamp(), record.headers()), record.key(), record.value());
    }

    /** The record for the dead-letter topic of this name. */
    public ProducerRecord<byte[], byte[]> toRecord(String topic) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, payload);
        Headers headers = record.headers();
        switch (origin) {
            case FromTopic from -> write(headers, from);
            case FromDatabase from -> write(headers, from);
        }
        write(headers, STAGE, stage);
        write(headers, REASON, reason);
        write(headers, DETAIL, detail);
        write(headers, PAYLOAD_LEFT, payloadLeft ? "true" : null);
        return record;
    }

    /** How often it has been sent back and come again. */
    public int replays() {
        return origin instanceof FromTopic from ? (int) Math.max(0, number(from.headers(), REPLAYS)) : 0;
    }

    /**
     * The record as its stage rejected it, for the topic it came from; a header counts how often it is sent again.
     *
     * @param original what stands at its origin, for a dead letter whose payload was left there; else the dead letter's own
     *         record
     * @throws IllegalStateException for a dead letter that comes from no topic
     */
    public ProducerRecord<byte[], byte[]> toOrigin(ConsumerRecord<byte[], byte[]> original) {
        if (!(origin instanceof FromTopic from)) {
            throw new IllegalStateException("a row of a database cannot be sent to a topic");
        }
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(from.topic(), original.key(), original.value());
        original.headers().forEach(record.headers()::add);
        if (!payloadLeft) {
            OURS.forEach(name -> removeLast(record.headers(), name));
        }
        record.headers().remove(REPLAYS);
        write(record.headers(), REPLAYS, Integer.toString(replays() + 1));
        return record;
    }

    /** Of the headers of this name the one that was added last; an earlier one is the record's own. */
    private static void removeLast(Headers headers, String name) {
        List<Header> all = new ArrayList<>();
        headers.headers(name).forEach(all::add);
        headers.remove(name);
        all.stream().limit(Math.max(0, all.size() - 1L)).forEach(headers::add);
    }

    /** Reads what {@link #toRecord} wrote; empty when the record lacks the headers of a dead letter. */
    public static Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        String stage = text(headers, STAGE);
        String reason = text(headers, REASON);
        if (stage == null || reason == null) {
            return Optional.empty();
        }
        String detail = Objects.requireNonNullElse(text(headers, DETAIL), "");
        return Optional.of(new DeadLetter(stage, reason, detail, origin(headers), record.key(), record.value(),
                Boolean.parseBoolean(text(headers, PAYLOAD_LEFT))));
    }

    private static Origin origin(Headers headers) {
        String topic = text(headers, "topic");
        if (topic == null) {
            return new FromDatabase(text(headers, "db_path"), text(headers, "table"), text(headers, "rowid"),
                    text(headers, "node_name"), text(headers, "source_ip"), text(headers, "session_id"));
        }
        return new FromTopic(topic, (int) number(headers, "partition"), number(headers, "offset"),
                number(headers, "timestamp"), headers);
    }

    private static void write(Headers headers, FromTopic from) {
        from.headers().forEach(headers::add);
        write(headers, "topic", from.topic());
        write(headers, "partition", Integer.toString(from.partition()));
        write(headers, "offset", Long.toString(from.offset()));
        write(headers, "timestamp", Long.toString(from.timestamp()));
    }

    private static void write(Headers headers, FromDatabase from) {
        write(headers, "db_path", from.dbPath());
        write(headers, "table", from.table());
        write(headers, "rowid", from.row());
        write(headers, "node_name", from.nodeName());
        write(headers, "source_ip", from.sourceIp());
        write(headers, "session_id", from.sessionId());
    }

    private static void write(Headers headers, String name, String value) {
        if (value != null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** -1 for what is not there or is no number. */
    private static long number(Headers headers, String name) {
        String text = text(headers, name);
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}

package io.tokensync.common.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.common.model.Digest;

/**
 * A dead letter and where it stands.
 *
 * @param record as it is in the topic
 * @param content what it says
 */
public record StoredDeadLetter(ConsumerRecord<byte[], byte[]> record, DeadLetter content) {
    private static final int NODE = 1;
    private static final int KEY_PARTS = 3;

    /** Empty for a record that is no dead letter. */
    public static Optional<StoredDeadLetter> read(ConsumerRecord<byte[], byte[]> record) {
        return DeadLetter.read(record).map(content -> new StoredDeadLetter(record, content));
    }

    /** Partition and offset, as options and output have them. */
    public String place() {
        return record.partition() + ":" + record.offset();
    }

    public Instant time() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** The node it is about; empty when the record's key does not say. */
    public Optional<String> node() {
        if (content.origin() instanceof DeadLetter.FromDatabase from) {
            return Optional.ofNullable(from.nodeName());
        }
        String[] parts = record.key() == null
                ? new String[0]
                : new String(record.key(), StandardCharsets.UTF_8).split("\\|", KEY_PARTS);
        return parts.length == KEY_PARTS ? Optional.of(parts[NODE]) : Optional.empty();
    }

    /** The same for dead letters of one stage about the same record, or the same row of a database. */
    public long originId() {
        return new Digest().text(content.stage()).text(content.reason()).text(switch (content.origin()) {
            case DeadLetter.FromTopic from -> from.topic() + '|' + from.partition() + '|' + from.offset();
            case DeadLetter.FromDatabase from -> from.sourceIp() + '|' + from.dbPath() + '|' + from.table() + '|'
                    + from.row();
        }).toLong();
    }

    /** Where it comes from, for people. */
    public String origin() {
        return switch (content.origin()) {
            case DeadLetter.FromTopic from -> from.topic() + " " + from.partition() + ":" + from.offset();
            case DeadLetter.FromDatabase from -> from.dbPath() + " " + from.table() + " row " + from.row();
        };
    }
}

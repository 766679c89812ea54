package io.tokensync.common.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records on their way through the handler. Abandoned, it must not be committed any more; the queue's lock guards that. */
final class Batch {
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final Map<TopicPartition, OffsetAndMetadata> offsets;
    private boolean abandoned;

    Batch(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records;
        this.offsets = offsetsAfter(records);
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** What to commit when all of it is done. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }

    /** Offsets behind the last record of each partition; the records of a partition are in order. */
    static Map<TopicPartition, OffsetAndMetadata> offsetsAfter(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            if (i + 1 == records.size() || isAnotherPartition(record, records.get(i + 1))) {
                offsets.put(partitionOf(record), after(record));
            }
        }
        return offsets;
    }

    static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private static boolean isAnotherPartition(ConsumerRecord<?, ?> one, ConsumerRecord<?, ?> next) {
        return one.partition() != next.partition() || !one.topic().equals(next.topic());
    }

    private static OffsetAndMetadata after(ConsumerRecord<?, ?> record) {
        Optional<Integer> leaderEpoch = record.leaderEpoch();
        return new OffsetAndMetadata(record.offset() + 1, leaderEpoch, "");
    }
}

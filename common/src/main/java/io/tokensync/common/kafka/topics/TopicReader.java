package io.tokensync.common.kafka.topics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import io.tokensync.common.kafka.KafkaClients;

/** Reads what a topic holds now, without a group and without committing anything: for reports and operators. */
public final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaClients clients;

    public TopicReader(KafkaClients clients) {
        this.clients = clients;
    }

    /** Looks at a record, and says whether to go on. */
    @FunctionalInterface
    public interface Visitor {
        boolean visit(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
    }

    /**
     * Hands every committed record to the reader, from the first one there is to the last one there was at the call; in
     * offset order within a partition.
     */
    public void read(String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try {
            visit(topic, Map.of(), record -> {
                reader.accept(record);
                return true;
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException("a reader that does not wait was interrupted", e);
        }
    }

    /** As {@link #read}, from these offsets in the partitions that have one, for as long as the visitor wants more. */
    public void visit(String topic, Map<Integer, Long> from, Visitor visitor) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            from.forEach((number, offset) -> {
                TopicPartition partition = new TopicPartition(topic, number);
                if (offset > starts.getOrDefault(partition, Long.MAX_VALUE)) {
                    consumer.seek(partition, Math.min(offset, ends.get(partition)));
                }
            });
            while (!isAt(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))
                            && !visitor.visit(record)) {
                        return;
                    }
                }
            }
        }
    }

    /** One record; empty when it is no longer there, or never was. */
    public Optional<ConsumerRecord<byte[], byte[]>> find(String topic, int number, long offset) {
        TopicPartition partition = new TopicPartition(topic, number);
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            if (consumer.partitionsFor(topic).stream().noneMatch(info -> info.partition() == number)) {
                return Optional.empty();
            }
            consumer.assign(List.of(partition));
            long start = consumer.beginningOffsets(List.of(partition)).get(partition);
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            if (offset < start || offset >= end) {
                return Optional.empty();
            }
            consumer.seek(partition, offset);
            while (consumer.position(partition) <= offset) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return Optional.of(record).filter(found -> found.offset() == offset);
                }
            }
            return Optional.empty();
        }
    }

    static boolean isAt(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        for (Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (consumer.position(end.getKey()) < end.getValue()) {
                return false;
            }
        }
        return true;
    }
}

package io.tokensync.common.kafka.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records on their way through the handler, and what comes of that. Abandoned, they must not be committed any more. The
 * queue's lock guards it.
 */
final class Batch {
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final Map<TopicPartition, OffsetAndMetadata> offsets;
    private Thread handler;
    private Handled handled;
    private boolean permitReleased;
    private boolean abandoned;

    /** How the handler has ended. */
    sealed interface Handled {
        /** With records to produce. */
        record Output(List<ProducerRecord<byte[], byte[]>> records) implements Handled {}

        /** With a failure that is not waited for. */
        record Failed(Throwable failure) implements Handled {}
    }

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

    long bytes() {
        return records.stream().mapToLong(RecordBuffer::bytesOf).sum();
    }

    /** Who is to be interrupted when the batch is called off, until it is handled, again perhaps. */
    void handledBy(Thread thread) {
        handler = thread;
        handled = null;
        if (abandoned) {
            thread.interrupt();
        }
    }

    void handled(Handled end) {
        handled = end;
    }

    boolean isHandled() {
        return handled != null;
    }

    /** Whether the handler has ended with a failure. */
    boolean hasFailed() {
        return handled instanceof Handled.Failed;
    }

    /** The handler waits for others, and the processor is free for the next batch. */
    void releasePermit() {
        permitReleased = true;
    }

    /** Whether the next batch may begin as far as this one is concerned. */
    boolean permitReleased() {
        return permitReleased || handled != null;
    }

    /** What the handler has returned, or thrown. */
    List<ProducerRecord<byte[], byte[]>> output() throws Exception {
        return switch (handled) {
            case Handled.Output(var output) -> output;
            case Handled.Failed(Exception failure) -> throw failure;
            case Handled.Failed(Error failure) -> throw failure;
            case Handled.Failed(var failure) -> throw new IllegalStateException(failure);
        };
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
        if (handler != null && handled == null) {
            handler.interrupt();
        }
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

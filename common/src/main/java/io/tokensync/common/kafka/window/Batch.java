package io.tokensync.common.kafka.window;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that are handled and committed as one. They never change; how far the batch has come, only the {@link BatchWindow}
 * changes and asks. It is
 *
 * <ol>
 * <li><em>begun</em>: with the handler, and with a permit until it gives that up or is handled;
 * <li><em>handled</em>, or failed; parts of it may be with the handler once more, to find the record at fault;
 * <li>ended, <em>committed</em> or <em>dropped</em>, and not in the window any more.
 * </ol>
 *
 * Before it has ended it may be <em>abandoned</em> as well, so that no commit of it begins any more: partitions of the window
 * were taken away, the membership has failed, the loop is closed, or a batch before it was dropped.
 */
public final class Batch {
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final Map<TopicPartition, OffsetAndMetadata> offsets;
    private final long bytes;
    private Thread handler;
    private Handled handled;
    private boolean permitReleased;
    private boolean abandoned;

    /** How the handler has ended. */
    public sealed interface Handled {
        /** With records to produce. */
        record Output(List<ProducerRecord<byte[], byte[]>> records) implements Handled {}

        /** With a failure that is not waited for. */
        record Failed(Throwable failure) implements Handled {}
    }

    Batch(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records;
        this.offsets = offsetsAfter(records);
        this.bytes = records.stream().mapToLong(RecordBuffer::bytesOf).sum();
    }

    public List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** What to commit when all of it is done. */
    public Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    /** Offsets behind the last record of each partition; the records of a partition are in order. */
    public static Map<TopicPartition, OffsetAndMetadata> offsetsAfter(List<ConsumerRecord<byte[], byte[]>> records) {
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

    long bytes() {
        return bytes;
    }

    /** This thread handles it, for the first time or in parts again, and is interrupted when the batch is abandoned. */
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

    boolean hasFailed() {
        return handled instanceof Handled.Failed;
    }

    void releasePermit() {
        permitReleased = true;
    }

    boolean hasPermit() {
        return !permitReleased && handled == null;
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

    private static boolean isAnotherPartition(ConsumerRecord<?, ?> one, ConsumerRecord<?, ?> next) {
        return one.partition() != next.partition() || !one.topic().equals(next.topic());
    }

    private static OffsetAndMetadata after(ConsumerRecord<?, ?> record) {
        Optional<Integer> leaderEpoch = record.leaderEpoch();
        return new OffsetAndMetadata(record.offset() + 1, leaderEpoch, "");
    }
}

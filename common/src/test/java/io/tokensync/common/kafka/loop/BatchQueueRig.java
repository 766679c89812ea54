package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;

/** A queue with a window of four batches, and what its tests do with it. */
abstract class BatchQueueRig {
    static final TopicPartition ZERO = new TopicPartition("t", 0);
    static final TopicPartition ONE = new TopicPartition("t", 1);

    final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE);
    final BatchQueue queue = queue(10, 1_000, Duration.ZERO);

    @AfterEach
    void forgetInterrupts() {
        Thread.interrupted();
    }

    Batch take() throws InterruptedException {
        return take(queue);
    }

    /** A batch that lets the next one begin. */
    static Batch take(BatchQueue from) throws InterruptedException {
        Batch batch = begun(from);
        from.releasePermit(batch);
        return batch;
    }

    static Batch begun(BatchQueue from) throws InterruptedException {
        return switch (from.next()) {
            case NextStep.Begin(var batch) -> batch;
            case NextStep other -> throw new AssertionError(other);
        };
    }

    Batch finish() throws InterruptedException {
        return switch (queue.next()) {
            case NextStep.Finish(var batches) when batches.size() == 1 -> batches.getFirst();
            case NextStep other -> throw new AssertionError(other);
        };
    }

    void handled(Batch batch) {
        queue.handled(batch, new Batch.Handled.Output(List.of()));
    }

    BatchQueue queue(int records, long bytes, Duration linger) {
        return new BatchQueue(PollLoopConfig.of("g", "t").withBatch(records, bytes, linger).withWindow(4), ticks::get,
                () -> {});
    }

    static List<Long> offsetsOf(Batch batch) {
        return batch.records().stream().map(ConsumerRecord::offset).toList();
    }

    /** Records of ten bytes each. */
    static List<ConsumerRecord<byte[], byte[]>> records(int partition, long from, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ConsumerRecord<>("t", partition, from + i, 0L,
                        TimestampType.CREATE_TIME, 4, 6, new byte[4], new byte[6],
                        new RecordHeaders(), Optional.empty()))
                .toList();
    }
}

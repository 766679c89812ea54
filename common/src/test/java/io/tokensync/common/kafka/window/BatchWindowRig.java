package io.tokensync.common.kafka.window;

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

/** A window of four batches, and what its tests do with it. */
public abstract class BatchWindowRig {
    /** Enough for whatever a test has. */
    protected static final long HEAP = 1L << 30;
    protected static final TopicPartition ZERO = new TopicPartition("t", 0);
    static final TopicPartition ONE = new TopicPartition("t", 1);

    final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE);
    protected final BatchWindow window = window(10, 1_000, Duration.ZERO);

    @AfterEach
    void forgetInterrupts() {
        Thread.interrupted();
    }

    protected Batch take() throws InterruptedException {
        return take(window);
    }

    /** A batch that lets the next one begin. */
    static Batch take(BatchWindow from) throws InterruptedException {
        Batch batch = begun(from);
        from.releasePermit(batch);
        return batch;
    }

    static Batch begun(BatchWindow from) throws InterruptedException {
        return switch (from.next()) {
            case NextStep.Begin(var batch) -> batch;
            case NextStep other -> throw new AssertionError(other);
        };
    }

    Batch finish() throws InterruptedException {
        return switch (window.next()) {
            case NextStep.Finish(var batches) when batches.size() == 1 -> batches.getFirst();
            case NextStep other -> throw new AssertionError(other);
        };
    }

    void handled(Batch batch) {
        window.handled(batch, new Batch.Handled.Output(List.of()));
    }

    BatchWindow window(int records, long bytes, Duration linger) {
        return window(new BatchLimits(records, bytes, linger, 4, HEAP));
    }

    BatchWindow window(BatchLimits limits) {
        return new BatchWindow(limits, ticks::get, () -> {});
    }

    static List<Long> offsetsOf(Batch batch) {
        return batch.records().stream().map(ConsumerRecord::offset).toList();
    }

    /** Records of ten bytes each. */
    protected static List<ConsumerRecord<byte[], byte[]>> records(int partition, long from, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ConsumerRecord<>("t", partition, from + i, 0L,
                        TimestampType.CREATE_TIME, 4, 6, new byte[4], new byte[6],
                        new RecordHeaders(), Optional.empty()))
                .toList();
    }
}

package io.tokensync.common.kafka.window;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Records that were polled and wait to become a batch, in the order they came. Not thread-safe. */
final class RecordBuffer {
    private final LongSupplier ticker;
    private final int maxRecords;
    private final long maxBytes;
    private long lingerNanos;
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private long bytes;
    private long since;

    RecordBuffer(BatchLimits limits, LongSupplier ticker) {
        this.ticker = ticker;
        this.maxRecords = limits.maxRecords();
        this.maxBytes = limits.maxBytes();
        this.lingerNanos = limits.linger().toNanos();
    }

    void add(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        if (records.isEmpty()) {
            since = ticker.getAsLong();
        }
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            detachHeaders(record);
            records.add(record);
            bytes += bytesOf(record);
        }
    }

    /**
     * A header is a view of the whole record as it came over the wire, until it is asked for: it would keep key and value in
     * memory a second time for as long as the record waits.
     */
    private static void detachHeaders(ConsumerRecord<?, ?> record) {
        for (Header header : record.headers()) {
            var _ = header.key();
            var _ = header.value();
        }
    }

    /** From now on nothing waits for more. */
    void hurry() {
        lingerNanos = 0;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Whether the limits of a batch are reached. */
    boolean hasWholeBatch() {
        return records.size() >= maxRecords || bytes >= maxBytes;
    }

    /** Whether there is something that need not wait for more. */
    boolean isDue() {
        return hasWholeBatch() || (!isEmpty() && lingerLeft() <= 0);
    }

    /** Until what is there has waited long enough for more, as {@link Object#wait(long)} has it: 0 when nothing is there. */
    long lingerMillis() {
        return isEmpty() ? 0 : 1 + Math.max(0, TimeUnit.NANOSECONDS.toMillis(lingerLeft()));
    }

    private long lingerLeft() {
        return since + lingerNanos - ticker.getAsLong();
    }

    /** As many of the oldest records as the limits allow, at least one. */
    List<ConsumerRecord<byte[], byte[]>> take() {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(Math.min(records.size(), maxRecords));
        long taken = 0;
        while (!records.isEmpty() && batch.size() < maxRecords) {
            long next = bytesOf(records.peek());
            if (!batch.isEmpty() && taken + next > maxBytes) {
                break;
            }
            taken += next;
            batch.add(records.poll());
        }
        bytes -= taken;
        since = ticker.getAsLong();
        return batch;
    }

    void clear() {
        records.clear();
        bytes = 0;
    }

    void remove(Collection<TopicPartition> partitions) {
        records.removeIf(record -> partitions.contains(Batch.partitionOf(record)));
        bytes = records.stream().mapToLong(RecordBuffer::bytesOf).sum();
    }

    static long bytesOf(ConsumerRecord<?, ?> record) {
        return Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
    }
}

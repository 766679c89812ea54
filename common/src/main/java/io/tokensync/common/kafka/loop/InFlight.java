package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The batches that are with the handler or being committed, oldest first, and how they are taken back. They end in the
 * order in which they began. Guarded by the queue's lock.
 */
final class InFlight {
    /** A batch may be as large as its limit; most are not, and the window holds more of those. */
    private static final int LARGEST_BATCHES = 4;
    /**
     * All batches together have at most this part of the heap in records as they came: read, and with what becomes of them,
     * they take about seven times as much.
     */
    private static final int PART_OF_HEAP = 24;
    /** Most batches of a transaction: more save little, and a transaction that fails has all of them again. */
    private static final int TOGETHER = 4;

    /**
     * Most batches that keep a processor busy. With one, the loop is as fast as one processor does the handler's own work; with
     * many, they take the processors from each other, and all of them are in memory.
     */
    private static final int COMPUTING = 2;

    private final QueueLock lock;
    private final int window;
    private final long maxBytes;
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private long bytes;
    private ConsumerGroupMetadata membership;

    /** @param lock which guards it; whoever waits is told whenever a batch has ended */
    InFlight(PollLoopConfig config, QueueLock lock) {
        this(config, lock, Runtime.getRuntime().maxMemory());
    }

    /** @param heapBytes of the process */
    InFlight(PollLoopConfig config, QueueLock lock, long heapBytes) {
        this.lock = lock;
        this.window = config.window();
        this.maxBytes = Math.min(LARGEST_BATCHES * config.maxBytes(), heapBytes / PART_OF_HEAP);
    }

    /** With which membership offsets are committed from now on. */
    void join(ConsumerGroupMetadata current) {
        membership = current;
    }

    /**
     * Whether another batch may begin. Not when a transaction could be filled: what is handled ahead of that is only more
     * to keep in memory.
     */
    boolean hasRoom() {
        return batches.isEmpty() || (batches.size() < window && bytes < maxBytes && computing() < COMPUTING
                && ready() < TOGETHER);
    }

    /** Batches that keep a processor busy. */
    private long computing() {
        return batches.stream().filter(batch -> !batch.permitReleased()).count();
    }

    /** Batches that nothing but their own commit keeps from ending. */
    private long ready() {
        return batches.stream().takeWhile(Batch::isHandled).count();
    }

    void begin(Batch next) {
        batches.add(next);
        bytes += next.bytes();
    }

    /**
     * The oldest batches, as far as the handler is done with them: they are the worker's now. One that has failed comes
     * alone. Empty when the oldest of all is still being handled.
     */
    List<Batch> finish() {
        List<Batch> handled = new ArrayList<>(TOGETHER);
        for (Batch batch : batches) {
            if (!batch.isHandled() || handled.size() == TOGETHER || (batch.hasFailed() && !handled.isEmpty())) {
                break;
            }
            handled.add(batch);
            if (batch.hasFailed()) {
                break;
            }
        }
        return handled;
    }

    void end(Batch ended) {
        if (batches.remove(ended)) {
            bytes -= ended.bytes();
        }
    }

    /** The worker has ended in the middle of it. */
    void forget() {
        batches.forEach(Batch::abandon);
        batches.clear();
        bytes = 0;
    }

    boolean isNone() {
        return batches.isEmpty();
    }

    boolean hasRecordsOf(Collection<TopicPartition> partitions) {
        return batches.stream().anyMatch(batch -> !Collections.disjoint(batch.offsets().keySet(), partitions));
    }

    /**
     * Calls all batches off, and returns whether there was one. The threads that handle them are interrupted, and end with
     * them; the worker is not, since an interrupt that comes late would hit what it does next: it asks before it commits.
     */
    boolean cancel() {
        batches.forEach(Batch::abandon);
        return !batches.isEmpty();
    }

    /** Whether the batch that is committed next, or now, has been called off. */
    boolean isCalledOff() {
        return !batches.isEmpty() && batches.peek().isAbandoned();
    }

    /** The membership to commit this batch with; a batch that was called off has none. */
    ConsumerGroupMetadata membershipFor(Batch committed) {
        if (committed.isAbandoned()) {
            throw new BatchAbandonedException();
        }
        return membership;
    }

    /** Whether the batches with records of these partitions, and so all before them, have ended within the bound. */
    boolean awaitEndOf(Collection<TopicPartition> partitions, Duration bound) {
        return lock.await(() -> !hasRecordsOf(partitions), bound);
    }

    /** Whether there is no batch, or all have ended within the bound. */
    boolean awaitEnd(Duration bound) {
        return lock.await(batches::isEmpty, bound);
    }
}

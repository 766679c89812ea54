package io.tokensync.common.kafka.window;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.apache.kafka.common.TopicPartition;

/** The batches that have begun and not ended, oldest first, and whether another one may begin. Not thread-safe. */
final class InFlight {
    /** A batch may be as large as its limit; most are not, and the window holds more of those. */
    private static final int LARGEST_BATCHES = 4;
    /**
     * All batches together have at most this part of the loop's heap in records as they came: read, and with what becomes
     * of them, they take about seven times as much.
     */
    private static final int PART_OF_HEAP = 24;
    /** Most batches of a transaction: more save little, and a transaction that fails has all of them again. */
    private static final int TOGETHER = 4;
    /**
     * Batches that keep a processor busy, at most. With one, the loop is as fast as one processor does the handler's own
     * work; with many, they take the processors from each other, and all of them are in memory.
     */
    private static final int PERMITS = 2;

    private final int maxBatches;
    private final long maxBytes;
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private long bytes;

    InFlight(BatchLimits limits) {
        this.maxBatches = limits.maxBatches();
        this.maxBytes = Math.min(LARGEST_BATCHES * limits.maxBytes(), limits.heap() / PART_OF_HEAP);
    }

    /**
     * Whether another batch may begin. Not when a transaction could be filled: what is handled ahead of that is only more
     * to keep in memory.
     */
    boolean hasRoom() {
        return batches.isEmpty() || (batches.size() < maxBatches && bytes < maxBytes && hasPermit()
                && isTransactionOpen());
    }

    private boolean hasPermit() {
        return batches.stream().filter(Batch::hasPermit).count() < PERMITS;
    }

    /** Whether another batch would go with those that nothing but their own commit keeps from ending. */
    private boolean isTransactionOpen() {
        return batches.stream().takeWhile(Batch::isHandled).count() < TOGETHER;
    }

    void begin(Batch next) {
        batches.add(next);
        bytes += next.bytes();
    }

    /**
     * The oldest batches, as far as the handler is done with them: they are the worker's now. One that has failed comes
     * alone. Empty when the oldest of all is still being handled.
     */
    List<Batch> handled() {
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

    boolean isNone() {
        return batches.isEmpty();
    }

    boolean hasRecordsOf(Collection<TopicPartition> partitions) {
        return batches.stream().anyMatch(batch -> !Collections.disjoint(batch.offsets().keySet(), partitions));
    }

    void abandon() {
        batches.forEach(Batch::abandon);
    }

    /** Whether the batch that is committed next, or now, must not be. */
    boolean isAbandoned() {
        return !batches.isEmpty() && batches.peek().isAbandoned();
    }

    /** Nobody is going to end them. */
    void forget() {
        abandon();
        batches.clear();
        bytes = 0;
    }
}

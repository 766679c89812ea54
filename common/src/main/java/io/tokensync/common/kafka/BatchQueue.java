package io.tokensync.common.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Between the consumer thread, which fills it, and the worker, which takes batches: the records of the next batch while
 * one is being worked on, and what becomes of that one when its partitions are taken away.
 *
 * <p>
 * A batch that was dropped is read again from the committed offsets: everything queued is forgotten, and a <em>rewind</em>
 * is wanted before anything is added again.
 */
final class BatchQueue {
    private final Runnable wakePoller;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private final RecordBuffer waiting;
    private final InFlight inFlight = new InFlight(changed);
    private boolean rewindWanted;
    private boolean closed;
    private Throwable failure;

    /**
     * @param ticker nanoseconds of any origin, for the linger
     * @param wakePoller called when the consumer thread should have a look at once
     */
    BatchQueue(PollLoopConfig config, LongSupplier ticker, Runnable wakePoller) {
        this.wakePoller = wakePoller;
        this.waiting = new RecordBuffer(config, ticker);
    }

    /** Whom to interrupt when a batch is abandoned; null when the worker has left. */
    void workedOnBy(Thread thread) {
        lock.lock();
        try {
            inFlight.workedOnBy(thread);
        } finally {
            lock.unlock();
        }
    }

    // ---- the consumer thread's side

    /** Queues what was polled; forgets it when it is going to be read again anyway. */
    void add(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        lock.lock();
        try {
            if (rewindWanted || closed) {
                return;
            }
            waiting.add(records);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a whole batch is waiting, so that nothing more should be fetched. */
    boolean isFull() {
        lock.lock();
        try {
            return closed || rewindWanted || waiting.hasWholeBatch();
        } finally {
            lock.unlock();
        }
    }

    /** Whether every record that was polled is committed; never so when closed, since what was waiting is forgotten then. */
    boolean isIdle() {
        lock.lock();
        try {
            return waiting.isEmpty() && inFlight.isNone() && !rewindWanted && !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the consumer must go back to the committed offsets; not before the worker has let go of its batch. */
    boolean isRewindDue() {
        lock.lock();
        try {
            return rewindWanted && inFlight.isNone() && !closed;
        } finally {
            lock.unlock();
        }
    }

    void rewound() {
        lock.lock();
        try {
            rewindWanted = false;
        } finally {
            lock.unlock();
        }
    }

    /** With which membership offsets are committed from now on. One that is not, or no more, a member's is ignored. */
    void join(ConsumerGroupMetadata current) {
        if (current.generationId() < 0) {
            return;
        }
        lock.lock();
        try {
            inFlight.join(current);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes partitions back: lets a batch with records of them finish within the bound, else abandons it; forgets what is
     * queued of them.
     *
     * @return whether a batch was abandoned
     */
    boolean revoke(Collection<TopicPartition> partitions, Duration bound) {
        Set<TopicPartition> revoked = Set.copyOf(partitions);
        lock.lock();
        try {
            waiting.remove(revoked);
            return inFlight.hasRecordsOf(revoked) && !inFlight.awaitEnd(bound) && abandon();
        } finally {
            lock.unlock();
        }
    }

    /** The membership has failed: what it has polled is read again by the next one, which must not commit it. */
    void leave() {
        lock.lock();
        try {
            inFlight.abandon();
            wantRewind();
        } finally {
            lock.unlock();
        }
    }

    /** No new batches; waits for the one in flight. */
    boolean drain(Duration bound) {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
            return inFlight.awaitEnd(bound);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the worker, whatever it does. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            if (!abandon()) {
                inFlight.interrupt();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Why the worker has ended before its time. */
    Optional<Throwable> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }

    // ---- the worker's side

    /** The next batch: whole, or as old as the linger allows; empty when there is going to be none. */
    Optional<Batch> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && !isReady()) {
                if (rewindWanted || waiting.isEmpty()) {
                    changed.await();
                } else {
                    changed.awaitNanos(waiting.lingerLeft());
                }
            }
            if (closed) {
                return Optional.empty();
            }
            boolean wasFull = waiting.hasWholeBatch();
            Batch batch = inFlight.begin(new Batch(waiting.take()));
            if (wasFull && !waiting.hasWholeBatch()) {
                wakePoller.run();
            }
            return Optional.of(batch);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The membership to commit the batch with. Asked for as late as possible, because a rebalance that leaves the
     * partitions here still ends the membership before.
     *
     * @throws BatchAbandonedException when the batch must not be committed
     */
    ConsumerGroupMetadata generationFor(Batch batch) {
        lock.lock();
        try {
            return inFlight.membershipFor(batch);
        } finally {
            lock.unlock();
        }
    }

    /** The batch is committed. */
    void committed(Batch batch) {
        release(batch, false);
    }

    /** The batch is not committed, or nobody knows: it is read again. */
    void dropped(Batch batch) {
        release(batch, true);
    }

    /** The worker has ended, and with it the loop. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            inFlight.forget();
            closed = true;
            changed.signalAll();
            wakePoller.run();
        } finally {
            lock.unlock();
        }
    }

    private void release(Batch batch, boolean again) {
        lock.lock();
        try {
            inFlight.end(batch);
            if (again && !batch.isAbandoned()) {
                wantRewind();
            }
            // An interrupt that was meant for this batch must not hit the next one.
            Thread.interrupted();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean abandon() {
        boolean abandoned = inFlight.abandon();
        if (abandoned) {
            wantRewind();
        }
        return abandoned;
    }

    private void wantRewind() {
        rewindWanted = true;
        waiting.clear();
        wakePoller.run();
    }

    private boolean isReady() {
        return !rewindWanted && (waiting.hasWholeBatch() || (!waiting.isEmpty() && waiting.lingerLeft() <= 0));
    }
}

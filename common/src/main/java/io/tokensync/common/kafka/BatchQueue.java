package io.tokensync.common.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Between the consumer thread, which fills it, and the worker, which has batches handled and commits them in order: the
 * records of the next batch while others are being worked on, and what becomes of those when their partitions are taken
 * away.
 *
 * <p>
 * A batch that was dropped is read again from the committed offsets, and so is all behind it: the other batches are
 * called off, everything queued is forgotten, and a <em>rewind</em> is wanted before anything is added again.
 */
final class BatchQueue {
    private final Runnable wakePoller;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private final RecordBuffer waiting;
    private final InFlight inFlight;
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
        this.inFlight = new InFlight(config, changed);
    }

    /** Whom to interrupt when the batch being committed is abandoned; null when the worker has left. */
    void workedOnBy(Thread thread) {
        locked(() -> inFlight.workedOnBy(thread));
    }

    // ---- the consumer thread's side

    /** Queues what was polled; forgets it when it is going to be read again anyway. */
    void add(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        changed(() -> {
            if (!rewindWanted && !closed) {
                waiting.add(records);
            }
        });
    }

    /** Whether a whole batch is waiting, so that nothing more should be fetched. */
    boolean isFull() {
        return asked(() -> closed || rewindWanted || waiting.hasWholeBatch());
    }

    /** Whether every record that was polled is committed; never so when closed, since what was waiting is forgotten then. */
    boolean isIdle() {
        return asked(() -> waiting.isEmpty() && inFlight.isNone() && !rewindWanted && !closed);
    }

    /** Whether the consumer must go back to the committed offsets; not before the worker has let go of its batch. */
    boolean isRewindDue() {
        return asked(() -> rewindWanted && inFlight.isNone() && !closed);
    }

    void rewound() {
        locked(() -> rewindWanted = false);
    }

    /** With which membership offsets are committed from now on. One that is not, or no more, a member's is ignored. */
    void join(ConsumerGroupMetadata current) {
        if (current.generationId() >= 0) {
            locked(() -> inFlight.join(current));
        }
    }

    /**
     * Takes partitions back: lets batches with records of them finish within the bound, else abandons all; forgets what
     * is queued of them.
     *
     * @return whether batches were abandoned
     */
    boolean revoke(Collection<TopicPartition> partitions, Duration bound) {
        Set<TopicPartition> revoked = Set.copyOf(partitions);
        lock.lock();
        try {
            waiting.remove(revoked);
            return !inFlight.awaitEndOf(revoked, bound) && abandon();
        } finally {
            lock.unlock();
        }
    }

    /** The membership has failed: what it has polled is read again by the next one, which must not commit it. */
    void leave() {
        locked(() -> {
            inFlight.abandon();
            wantRewind();
        });
    }

    /** No new batches; waits for those in flight. */
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
        changed(() -> {
            closed = true;
            waiting.clear();
            abandon();
            inFlight.interruptWorker();
        });
    }

    boolean isOpen() {
        return asked(() -> !closed);
    }

    /** Why the worker has ended before its time. */
    Optional<Throwable> failure() {
        return asked(() -> Optional.ofNullable(failure));
    }

    // ---- the worker's side

    /**
     * The next step: a batch that is whole, or as old as the linger allows, goes to the handler while the window has room;
     * else the oldest batch is committed as soon as it is handled, with those behind it that are handled too. Closed, no
     * batch begins; those that have begun end.
     */
    NextStep next() throws InterruptedException {
        lock.lock();
        try {
            inFlight.workerIsBack();
            while (true) {
                if (canBegin()) {
                    return new NextStep.Begin(begin());
                }
                List<Batch> handled = inFlight.finish();
                if (!handled.isEmpty()) {
                    return new NextStep.Finish(handled);
                }
                if (closed && inFlight.isNone()) {
                    return new NextStep.End();
                }
                if (rewindWanted || waiting.isEmpty() || !inFlight.hasRoom()) {
                    changed.await();
                } else {
                    changed.awaitNanos(waiting.lingerLeft());
                }
            }
        } finally {
            inFlight.workerLeaves();
            lock.unlock();
        }
    }

    /** A batch that may begin now; for whoever has just let it, since the worker may be committing. */
    Optional<Batch> beginNext() {
        return asked(() -> canBegin() ? Optional.of(begin()) : Optional.empty());
    }

    /** Whom to interrupt when the batch is abandoned while it is with the handler. */
    void handledBy(Batch batch, Thread thread) {
        locked(() -> batch.handledBy(thread));
    }

    /** The handler of the batch does not mind if the next one begins. */
    void letNextBegin(Batch batch) {
        changed(batch::letNextBegin);
    }

    /** The handler is done with the batch. */
    void handled(Batch batch, Batch.Handled end) {
        changed(() -> batch.handled(end));
    }

    /**
     * The membership to commit the batch with. Asked for as late as possible, because a rebalance that leaves the
     * partitions here still ends the membership before.
     *
     * @throws BatchAbandonedException when the batch must not be committed
     */
    ConsumerGroupMetadata generationFor(Batch batch) {
        return asked(() -> inFlight.membershipFor(batch));
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
        changed(() -> {
            failure = cause;
            inFlight.forget();
            closed = true;
            wakePoller.run();
        });
    }

    private void release(Batch batch, boolean again) {
        changed(() -> {
            inFlight.end(batch);
            if (again && !batch.isAbandoned()) {
                inFlight.callOff();
                wantRewind();
            }
        });
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

    private boolean canBegin() {
        return !closed && !rewindWanted && inFlight.hasRoom()
                && (waiting.hasWholeBatch() || (!waiting.isEmpty() && waiting.lingerLeft() <= 0));
    }

    private Batch begin() {
        boolean wasFull = waiting.hasWholeBatch();
        Batch batch = new Batch(waiting.take());
        inFlight.begin(batch);
        if (wasFull && !waiting.hasWholeBatch()) {
            wakePoller.run();
        }
        return batch;
    }

    private <T> T asked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** And whoever waits has another look. */
    private void changed(Runnable change) {
        locked(() -> {
            change.run();
            changed.signalAll();
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}

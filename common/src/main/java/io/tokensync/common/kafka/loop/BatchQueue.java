package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

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
    private final QueueLock lock = new QueueLock();
    private final RecordBuffer waiting;
    private final InFlight inFlight;
    private boolean rewindWanted;
    private boolean closed;
    /** Closed, and what was being worked on is called off. */
    private boolean ended;
    /** While it does not wait here. */
    private Thread workerElsewhere;
    private Throwable failure;

    /**
     * @param ticker nanoseconds of any origin, for the linger
     * @param wakePoller called when the consumer thread should have a look at once
     */
    BatchQueue(PollLoopConfig config, LongSupplier ticker, Runnable wakePoller) {
        this.wakePoller = wakePoller;
        this.waiting = new RecordBuffer(config, ticker);
        this.inFlight = new InFlight(config, lock);
    }

    // ---- the consumer thread's side

    /** Queues what was polled; forgets it when it is going to be read again anyway. */
    void add(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        lock.changed(() -> {
            if (!rewindWanted && !closed) {
                waiting.add(records);
            }
        });
    }

    /** Whether a whole batch is waiting, so that nothing more should be fetched. */
    boolean isFull() {
        return lock.asked(() -> closed || rewindWanted || waiting.hasWholeBatch());
    }

    /** Whether every record that was polled is committed; never so when closed, since what was waiting is forgotten then. */
    boolean isIdle() {
        return lock.asked(() -> waiting.isEmpty() && inFlight.isNone() && !rewindWanted && !closed);
    }

    /** Whether the consumer must go back to the committed offsets; not before the worker has let go of its batch. */
    boolean isRewindDue() {
        return lock.asked(() -> rewindWanted && inFlight.isNone() && !closed);
    }

    void rewound() {
        lock.locked(() -> rewindWanted = false);
    }

    /** With which membership offsets are committed from now on. One that is not, or no more, a member's is ignored. */
    void join(ConsumerGroupMetadata current) {
        if (current.generationId() >= 0) {
            lock.locked(() -> inFlight.join(current));
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
        return lock.asked(() -> {
            waiting.remove(revoked);
            return !inFlight.awaitEndOf(revoked, bound) && abandon();
        });
    }

    /** The membership has failed: what it has polled is read again by the next one, which must not commit it. */
    void leave() {
        lock.locked(() -> {
            inFlight.cancel();
            wantRewind();
        });
    }

    /** No new batches; waits for those in flight. */
    boolean drain(Duration bound) {
        return lock.asked(() -> {
            closed = true;
            waiting.clear();
            lock.condition().signalAll();
            return inFlight.awaitEnd(bound);
        });
    }

    /** Ends the worker, whatever it does: this alone interrupts it, and nothing that could be hit by mistake comes after. */
    void close() {
        lock.changed(() -> {
            closed = true;
            ended = true;
            waiting.clear();
            abandon();
            if (workerElsewhere != null) {
                workerElsewhere.interrupt();
            }
        });
    }

    boolean isOpen() {
        return lock.asked(() -> !closed);
    }

    /** Why the worker has ended before its time. */
    Optional<Throwable> failure() {
        return lock.asked(() -> Optional.ofNullable(failure));
    }

    // ---- the worker's side

    /** From the worker, before anything else: whom to interrupt when the queue is closed. */
    void workerStarted() {
        lock.locked(() -> workerElsewhere = Thread.currentThread());
    }

    /**
     * The next step: a batch that is whole, or as old as the linger allows, goes to the handler while the window has room;
     * else the oldest batch is committed as soon as it is handled, with those behind it that are handled too. Closed, no
     * batch begins; those that have begun end.
     */
    NextStep next() throws InterruptedException {
        return lock.waiting(() -> {
            workerElsewhere = null;
            try {
                return awaitStep();
            } finally {
                workerElsewhere = Thread.currentThread();
            }
        });
    }

    private NextStep awaitStep() throws InterruptedException {
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
                lock.condition().await();
            } else {
                lock.condition().awaitNanos(waiting.lingerLeft());
            }
        }
    }

    /** For the worker before it has anything to commit: returns when the time is over. */
    void awaitOpening(Duration wait) throws InterruptedException {
        awaitUnless(() -> false, wait);
    }

    /** For the worker while it commits: returns when the time is over, or there is nothing to commit any more. */
    void awaitCommit(Duration wait) throws InterruptedException {
        awaitUnless(inFlight::isCalledOff, wait);
    }

    /** A batch that may begin now; for whoever has just let it, since the worker may be committing. */
    Optional<Batch> beginNext() {
        return lock.asked(() -> canBegin() ? Optional.of(begin()) : Optional.empty());
    }

    /** Returns when the handler is done with the batch; it is interrupted when the batch is called off. */
    void awaitHandled(Batch batch) {
        lock.locked(() -> lock.awaitUninterruptibly(batch::isHandled));
    }

    /** Whom to interrupt when the batch is abandoned while it is with the handler. */
    void handledBy(Batch batch, Thread thread) {
        lock.locked(() -> batch.handledBy(thread));
    }

    /** The handler of the batch does not mind if the next one begins. */
    void releasePermit(Batch batch) {
        lock.changed(batch::releasePermit);
    }

    /** The handler is done with the batch. */
    void handled(Batch batch, Batch.Handled end) {
        lock.changed(() -> batch.handled(end));
    }

    /**
     * The membership to commit the batch with. Asked for as late as possible, because a rebalance that leaves the
     * partitions here still ends the membership before.
     *
     * @throws BatchAbandonedException when the batch must not be committed
     */
    ConsumerGroupMetadata generationFor(Batch batch) {
        return lock.asked(() -> inFlight.membershipFor(batch));
    }

    /** The batch is committed. */
    void committed(Batch batch) {
        release(batch, false);
    }

    /** The batch is not committed, or nobody knows: it is read again. */
    void dropped(Batch batch) {
        release(batch, true);
    }

    /** The worker ends because of this, and with it the loop. */
    void fail(Throwable cause) {
        lock.changed(() -> {
            failure = cause;
            inFlight.forget();
            closed = true;
            wakePoller.run();
        });
    }

    /** The worker has ended: nobody interrupts it any more. Records that nobody works on must not go unnoticed. */
    void workerEnded() {
        if (isOpen()) {
            fail(new IllegalStateException("the worker has ended while there may be records to work on"));
        }
        lock.locked(() -> workerElsewhere = null);
    }

    private void awaitUnless(BooleanSupplier over, Duration wait) throws InterruptedException {
        if (lock.waiting(() -> lock.sleepUnless(() -> ended || over.getAsBoolean(), wait) && ended)) {
            throw new InterruptedException("closed");
        }
    }

    private void release(Batch batch, boolean again) {
        lock.changed(() -> {
            inFlight.end(batch);
            if (again && !batch.isAbandoned()) {
                inFlight.cancel();
                wantRewind();
            }
        });
    }

    private boolean abandon() {
        if (!inFlight.cancel()) {
            return false;
        }
        wantRewind();
        return true;
    }

    private void wantRewind() {
        rewindWanted = true;
        waiting.clear();
        lock.condition().signalAll();
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
}

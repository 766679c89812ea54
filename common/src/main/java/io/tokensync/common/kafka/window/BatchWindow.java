package io.tokensync.common.kafka.window;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Between the consumer thread, which adds what it polls, and the worker, which has batches handled and commits them. Its
 * monitor is the one lock: buffer, batches in flight and how far each has come are plain data that only it touches. In the
 * words of {@link Batch}, it keeps
 *
 * <ul>
 * <li><b>order</b>: batches begin in the order of polling and end in the order in which they began, so that all before the
 * offsets of a committed batch is done;
 * <li><b>offsets</b>: a batch that is not committed abandons all others and wants a <em>rewind</em>. Nothing is added before
 * the consumer is back at the committed offsets, where it goes when no batch is left: no record is skipped, and none is in
 * two batches between two rewinds. An abandoned batch is given no membership to commit with;
 * <li><b>permits</b>: no batch begins beside two with a permit, behind as many handled ones as a transaction takes, or in a
 * window that is full, of batches or of bytes; alone, a batch always may.
 * </ul>
 */
public final class BatchWindow {
    private final LongSupplier ticker;
    private final Runnable wakePoller;
    /** Empty while a rewind is wanted and once the window is closed, so that no batch begins then. */
    private final RecordBuffer buffer;
    private final InFlight inFlight;
    private ConsumerGroupMetadata membership;
    private boolean rewindWanted;
    private boolean closed;
    private boolean ended; // closed, and what had begun is abandoned
    private Thread busyWorker; // while it does not wait for its next step
    private Throwable failure;

    /**
     * @param ticker nanoseconds of any origin
     * @param wakePoller called when the consumer thread should have a look at once
     */
    public BatchWindow(BatchLimits limits, LongSupplier ticker, Runnable wakePoller) {
        this.ticker = ticker;
        this.wakePoller = wakePoller;
        this.buffer = new RecordBuffer(limits, ticker);
        this.inFlight = new InFlight(limits);
    }

    // ---- the consumer thread's side
    /** Buffers what was polled; forgets it when it is going to be read again anyway. */
    public synchronized void add(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        if (!rewindWanted && !closed) {
            buffer.add(records);
            notifyAll();
        }
    }

    /** From now on a batch waits for no more records: somebody waits for the end of what is there. */
    public synchronized void hurry() {
        buffer.hurry();
        notifyAll();
    }

    /** Whether a whole batch is buffered, so that nothing more should be fetched. */
    public synchronized boolean isFull() {
        return closed || rewindWanted || buffer.hasWholeBatch();
    }

    /** Whether every record that was polled is committed; never so when closed, since what was buffered is forgotten then. */
    public synchronized boolean isIdle() {
        return buffer.isEmpty() && inFlight.isNone() && !rewindWanted && !closed;
    }

    /** Whether the consumer must go back to the committed offsets; not before the last batch has ended. */
    public synchronized boolean isRewindDue() {
        return rewindWanted && inFlight.isNone() && !closed;
    }

    /** The consumer is back at the committed offsets. */
    public synchronized void rewound() {
        rewindWanted = false;
    }

    /** With which membership offsets are committed from now on. One that is not, or no more, a member's is ignored. */
    public synchronized void join(ConsumerGroupMetadata current) {
        if (current.generationId() >= 0) {
            membership = current;
        }
    }

    /**
     * Takes partitions back: forgets what is buffered of them, and lets batches with records of them end within the bound;
     * else abandons all, and returns true. An interrupt ends the waiting, and stays.
     */
    public synchronized boolean revoke(Collection<TopicPartition> partitions, Duration bound) {
        buffer.remove(partitions);
        try {
            await(() -> !inFlight.hasRecordsOf(partitions), bound);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        boolean late = inFlight.hasRecordsOf(partitions);
        if (late) {
            abandon();
        }
        return late;
    }

    /** Abandons all batches: they and what is buffered are read again, by the next membership if this one has failed. */
    public synchronized void abandon() {
        // The worker is not interrupted: that could hit what it does next, and it asks before it commits.
        inFlight.abandon();
        buffer.clear();
        rewindWanted = true;
        wakePoller.run();
        notifyAll();
    }

    /** From now on no batch begins; returns whether all that had begun have ended. */
    public synchronized boolean drain() {
        closed = true;
        buffer.clear();
        notifyAll();
        return inFlight.isNone();
    }

    /** Ends the worker, whatever it does: this alone interrupts it, and nothing that could be hit by mistake comes after. */
    public synchronized void close() {
        ended = true;
        if (!drain()) {
            abandon();
        }
        if (busyWorker != null) {
            busyWorker.interrupt();
        }
    }

    public synchronized boolean isOpen() {
        return !closed;
    }

    /** Why the worker has ended before its time. */
    public synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    // ---- the worker's side, and that of the threads that handle batches
    /** From the worker, before anything else: whom to interrupt when the window is closed. */
    public synchronized void workerStarted() {
        busyWorker = Thread.currentThread();
    }

    /**
     * The next step: a batch begins, if it may; else the oldest is finished as soon as it is handled, with those behind it
     * that are handled too. Closed, no batch begins; those that have begun end.
     */
    public synchronized NextStep next() throws InterruptedException {
        busyWorker = null;
        try {
            while (true) {
                Optional<Batch> begun = beginNext();
                List<Batch> handled = inFlight.handled();
                if (begun.isPresent()) {
                    return new NextStep.Begin(begun.get());
                } else if (!handled.isEmpty()) {
                    return new NextStep.Finish(handled);
                } else if (closed && inFlight.isNone()) {
                    return new NextStep.End();
                }
                wait(inFlight.hasRoom() ? buffer.lingerMillis() : 0);
            }
        } finally {
            busyWorker = Thread.currentThread();
        }
    }

    /** A batch that may begin now; for whoever has just let it, since the worker may be committing. */
    public synchronized Optional<Batch> beginNext() {
        boolean wasFull = buffer.hasWholeBatch();
        if (!inFlight.hasRoom() || !buffer.isDue()) {
            return Optional.empty();
        }
        Batch batch = new Batch(buffer.take());
        inFlight.begin(batch);
        if (wasFull && !buffer.hasWholeBatch()) {
            wakePoller.run();
        }
        return Optional.of(batch);
    }

    /** This thread handles the batch, or a part of it, from now on, and is interrupted when the batch is abandoned. */
    public synchronized void handledBy(Batch batch, Thread thread) {
        batch.handledBy(thread);
    }

    /** The handler of the batch does not mind if the next one begins. */
    public synchronized void releasePermit(Batch batch) {
        batch.releasePermit();
        notifyAll();
    }

    /** The handler is done with the batch. */
    public synchronized void handled(Batch batch, Batch.Handled end) {
        batch.handled(end);
        notifyAll();
    }

    /** What the handler has returned for the batch, or throws what it has thrown; waits until it has, interrupted or not. */
    public synchronized List<ProducerRecord<byte[], byte[]>> outputOf(Batch batch) throws Exception {
        boolean interrupted = false;
        while (!batch.isHandled()) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return batch.output();
    }

    /** For the worker before it has anything to commit: returns when the time is over. */
    public synchronized void awaitOpening(Duration wait) throws InterruptedException {
        awaitUnless(() -> false, wait);
    }

    /** For the worker while it commits: returns when the time is over, or there is nothing to commit any more. */
    public synchronized void awaitCommit(Duration wait) throws InterruptedException {
        awaitUnless(inFlight::isAbandoned, wait);
    }

    /**
     * The membership to commit the batch with. Asked for as late as possible, because a rebalance that leaves the
     * partitions here still ends the membership before.
     *
     * @throws BatchAbandonedException when the batch must not be committed
     */
    public synchronized ConsumerGroupMetadata membershipFor(Batch batch) {
        if (batch.isAbandoned()) {
            throw new BatchAbandonedException();
        }
        return membership;
    }

    /** The batch is committed. */
    public synchronized void committed(Batch batch) {
        inFlight.end(batch);
        notifyAll();
    }

    /** The batch is not committed, or nobody knows: it is read again. */
    public synchronized void dropped(Batch batch) {
        inFlight.end(batch);
        notifyAll();
        if (!batch.isAbandoned()) {
            abandon();
        }
    }

    /** The worker ends because of this, and with it the loop. */
    public synchronized void fail(Throwable cause) {
        failure = cause;
        inFlight.forget();
        buffer.clear();
        closed = true;
        wakePoller.run();
        notifyAll();
    }

    /** The worker has ended: nobody interrupts it now. Records that nobody works on must not go unnoticed. */
    public synchronized void workerEnded() {
        busyWorker = null;
        if (!closed) {
            fail(new IllegalStateException("the worker has ended while there may be records to work on"));
        }
    }

    private void awaitUnless(BooleanSupplier over, Duration wait) throws InterruptedException {
        await(() -> ended || over.getAsBoolean(), wait);
        if (ended) {
            throw new InterruptedException("closed");
        }
    }

    private void await(BooleanSupplier condition, Duration bound) throws InterruptedException {
        long end = ticker.getAsLong() + bound.toNanos();
        for (long left = bound.toNanos(); !condition.getAsBoolean() && left > 0; left = end - ticker.getAsLong()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}

package io.tokensync.common.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.locks.Condition;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;

/** The batch that the worker has, if any, and how it is taken from it. Guarded by the queue's lock. */
final class InFlight {
    private final Condition changed;
    private Batch batch;
    private Thread worker;
    private ConsumerGroupMetadata membership;

    /** @param changed of the queue's lock, signaled whenever a batch has ended */
    InFlight(Condition changed) {
        this.changed = changed;
    }

    /** Whom to interrupt when a batch is abandoned; null when the worker has left. */
    void workedOnBy(Thread thread) {
        worker = thread;
    }

    /** With which membership offsets are committed from now on. */
    void join(ConsumerGroupMetadata current) {
        membership = current;
    }

    Batch begin(Batch next) {
        batch = next;
        return next;
    }

    void end(Batch ended) {
        if (batch == ended) {
            batch = null;
        }
    }

    /** The worker has ended in the middle of it. */
    void forget() {
        batch = null;
    }

    boolean isNone() {
        return batch == null;
    }

    boolean hasRecordsOf(Collection<TopicPartition> partitions) {
        return batch != null && !Collections.disjoint(batch.offsets().keySet(), partitions);
    }

    /** Calls the batch off, if there is one, and returns whether there was. */
    boolean abandon() {
        if (batch == null) {
            return false;
        }
        batch.abandon();
        worker.interrupt();
        return true;
    }

    /** Wakes the worker where it waits for a batch. */
    void interrupt() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** The membership to commit this batch with; a batch that was called off has none. */
    ConsumerGroupMetadata membershipFor(Batch committed) {
        if (committed.isAbandoned()) {
            throw new BatchAbandonedException();
        }
        return membership;
    }

    /** Whether there is no batch, or it has ended within the bound. */
    boolean awaitEnd(Duration bound) {
        Batch awaited = batch;
        long nanos = bound.toNanos();
        boolean interrupted = false;
        while (awaited != null && batch == awaited && nanos > 0) {
            try {
                nanos = changed.awaitNanos(nanos);
            } catch (InterruptedException _) {
                interrupted = true;
                nanos = 0;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return awaited == null || batch != awaited;
    }
}

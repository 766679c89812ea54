package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.kafka.window.BatchAbandonedException;

/**
 * Commits output and offsets as one. After a failure the transaction is either ended, or its producer is thrown away and
 * the next one, of the same transactional id, makes the broker end it.
 */
final class OutputTransactions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutputTransactions.class);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private Producer<byte[], byte[]> producer;

    OutputTransactions(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** Makes sure that there is a producer and that no transaction of its predecessor is open any more. */
    void open() {
        if (producer != null) {
            return;
        }
        Producer<byte[], byte[]> opened = producers.get();
        try {
            opened.initTransactions();
            producer = opened;
        } finally {
            if (producer == null) {
                close(opened, Duration.ZERO);
            }
        }
    }

    /**
     * Commits the output and the offsets in one transaction. Anything thrown but {@link UnknownOutcomeException} means
     * that nothing of it is or is going to be committed, so that it may be tried again.
     *
     * @param membership asked for before anything is done, and as late as possible; may throw to give it up
     */
    void commit(List<ProducerRecord<byte[], byte[]>> output, Map<TopicPartition, OffsetAndMetadata> offsets,
            Supplier<ConsumerGroupMetadata> membership) {
        var _ = membership.get();
        open();
        FirstFailure sends = new FirstFailure();
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : output) {
                var _ = producer.send(record, sends);
            }
            producer.sendOffsetsToTransaction(offsets, membership.get());
        } catch (RuntimeException e) {
            // Before the abort, which may end the sends that are on their way: that is not why they had to be ended.
            RuntimeException cause = sends.or(e);
            abort();
            throw cause;
        }
        try {
            producer.commitTransaction();
        } catch (RuntimeException e) {
            RuntimeException cause = sends.or(e);
            if (abort()) {
                throw cause;
            }
            throw new UnknownOutcomeException(cause);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            release(CLOSE_BOUND);
        }
    }

    /** Whether the transaction is known not to be committed; when not, or when that fails, the producer is thrown away. */
    private boolean abort() {
        if (!Thread.currentThread().isInterrupted()) {
            try {
                producer.abortTransaction();
                return true;
            } catch (RuntimeException e) {
                log.atDebug().setMessage("cannot abort, taking a new producer").setCause(e).log();
            }
        }
        release(Duration.ZERO);
        return false;
    }

    /** Whatever closing says, the producer is not used again. */
    private void release(Duration bound) {
        Producer<byte[], byte[]> released = producer;
        producer = null;
        close(released, bound);
    }

    /** On a thread that is interrupted, a producer does not close in order; the interrupt is put back afterwards. */
    private static void close(Producer<byte[], byte[]> closed, Duration bound) {
        boolean interrupted = Thread.interrupted();
        try {
            closed.close(bound);
        } catch (RuntimeException e) {
            log.atDebug().setMessage("producer closed with a failure").setCause(e).log();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One callback for all records of a transaction: the first failure tells what is wrong, the others follow from it. */
    private static final class FirstFailure implements Callback {
        private volatile RuntimeException first;

        @Override
        public void onCompletion(RecordMetadata metadata, Exception failure) {
            if (failure instanceof RuntimeException e && first == null) {
                first = e;
            }
        }

        RuntimeException or(RuntimeException other) {
            RuntimeException send = first;
            if (send == null || other instanceof BatchAbandonedException) {
                return other;
            }
            if (!send.equals(other)) {
                send.addSuppressed(other);
            }
            return send;
        }
    }
}

package io.tokensync.common.kafka;

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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
                opened.close(Duration.ZERO);
            }
        }
    }

    /**
     * Commits the output and the offsets in one transaction. Anything thrown but {@link UnknownOutcomeException} means
     * that nothing of it is or is going to be committed, so that it may be tried again.
     *
     * @param membership asked for as late as possible; may throw to call it off
     */
    void commit(List<ProducerRecord<byte[], byte[]>> output, Map<TopicPartition, OffsetAndMetadata> offsets,
            Supplier<ConsumerGroupMetadata> membership) {
        open();
        FirstFailure sends = new FirstFailure();
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : output) {
                var _ = producer.send(record, sends);
            }
            producer.sendOffsetsToTransaction(offsets, membership.get());
        } catch (RuntimeException e) {
            abort();
            throw sends.or(e);
        }
        try {
            producer.commitTransaction();
        } catch (RuntimeException e) {
            if (abort()) {
                throw sends.or(e);
            }
            throw new UnknownOutcomeException(e);
        }
    }

    @Override
    public void close() {
        if (producer == null) {
            return;
        }
        // An interrupt that came too late to stop anything must not keep the producer from closing in order.
        Thread.interrupted();
        try {
            producer.close(CLOSE_BOUND);
        } catch (KafkaException e) {
            log.atDebug().setMessage("producer closed with a failure").setCause(e).log();
        }
        producer = null;
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
        producer.close(Duration.ZERO);
        producer = null;
        return false;
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

package io.tokensync.common.kafka.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.MissingRight;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.kafka.window.Batch;
import io.tokensync.common.kafka.window.BatchAbandonedException;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.retry.Retrier;

/**
 * What is done with records, each step again until it succeeds. Records that were handled are not handled again only
 * because their transaction has failed.
 */
final class BatchSteps implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchSteps.class);
    /** Reason of a dead letter that no handler has decided about. */
    private static final RejectionReason REJECTED = RejectionReason.RECORD_REJECTED;

    private final PollLoopConfig config;
    private final BatchHandler handler;
    private final OutputTransactions transactions;
    private final Steps steps;
    private final PollLoopMetrics metrics;

    /** How a step is tried again, and who knows its failures. */
    record Step(Retrier retrier, FailureClassifier failures) {
        <T> T run(String name, Callable<T> unit) throws Exception {
            try {
                return retrier.run(name, unit);
            } catch (InterruptedException | BatchAbandonedException | UnknownOutcomeException e) {
                throw e;
            } catch (Exception e) {
                FailureKind kind = failures.classify(e);
                if (kind == FailureKind.OVERSIZED || kind == FailureKind.POISON) {
                    throw new BadRecordsException(e);
                }
                throw e;
            }
        }
    }

    /** How each step is tried again. */
    record Steps(Step handling, Step opening, Step committing) {}

    BatchSteps(PollLoopConfig config, BatchHandler handler, OutputTransactions transactions, Steps steps,
            PollLoopMetrics metrics) {
        this.config = config;
        this.handler = handler;
        this.transactions = transactions;
        this.steps = steps;
        this.metrics = metrics;
    }

    void open() throws Exception {
        steps.opening.run("open transactions", () -> {
            try {
                transactions.open();
            } catch (RuntimeException e) {
                throw explained(e, Map.of());
            }
            return null;
        });
    }

    /** @param beginNext as {@link BatchHandler#handle(List, Runnable)} has it */
    List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> records, Runnable beginNext)
            throws Exception {
        return steps.handling.run("handle batch", () -> handler.handle(records, beginNext));
    }

    void commit(List<ProducerRecord<byte[], byte[]>> output, Map<TopicPartition, OffsetAndMetadata> offsets,
            Supplier<ConsumerGroupMetadata> membership) throws Exception {
        steps.committing.run("commit batch", () -> {
            try {
                transactions.commit(output, offsets, membership);
            } catch (RuntimeException e) {
                metrics.aborted();
                throw explained(e, offsets);
            }
            return null;
        });
    }

    /** With the right that is missing, if it is one. An outcome that nobody knows stays one. */
    private RuntimeException explained(RuntimeException failure, Map<TopicPartition, OffsetAndMetadata> offsets) {
        return failure instanceof UnknownOutcomeException
                ? failure
                : MissingRight.ofProducer(failure,
                        offsets.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()),
                        StageGroups.transactions(config.group()) + "*");
    }

    /** Puts one record aside; without its payload when that is too large for a dead letter. */
    void reject(ConsumerRecord<byte[], byte[]> record, Throwable cause, Supplier<ConsumerGroupMetadata> membership)
            throws Exception {
        log.atWarn().setMessage("record rejected, dead-lettered").addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition()).addKeyValue("offset", record.offset())
                .addKeyValue("cause", cause.toString()).log();
        DeadLetter deadLetter = DeadLetter.of(config.stage(), REJECTED, cause.toString(), record);
        try {
            commit(deadLetter, record, membership);
        } catch (BadRecordsException e) {
            log.atWarn().setMessage("dead letter rejected, sent without its payload")
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition()).addKeyValue("offset", record.offset())
                    .addKeyValue("cause", e.getCause().toString()).log();
            commit(deadLetter.withoutPayload(), record, membership);
        }
    }

    private void commit(DeadLetter deadLetter, ConsumerRecord<byte[], byte[]> record,
            Supplier<ConsumerGroupMetadata> membership) throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = new ArrayList<>(handler.deadLetter(record));
        output.add(deadLetter.toRecord(config.deadLetterTopic()));
        commit(output, Batch.offsetsAfter(List.of(record)), membership);
    }

    @Override
    public void close() {
        transactions.close();
    }
}

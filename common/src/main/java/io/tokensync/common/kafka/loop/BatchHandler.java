package io.tokensync.common.kafka.loop;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a stage does with its records; the poll loop does the rest. */
@FunctionalInterface
public interface BatchHandler {
    /**
     * Handles a batch and returns what is to be produced; the loop commits that and the batch's offsets in one Kafka
     * transaction. Runs on a thread of the batch and may block as long as an outage lasts: the loop keeps
     * polling. With a window of several batches it is called for that many at the same time. The same records may come
     * again after a crash, a rebalance or an aborted transaction.
     *
     * @param batch records of one or more partitions, in offset order within each; not empty
     * @return records for other topics, possibly none
     * @throws InterruptedException when the partitions are being taken away or the service closes: the batch is dropped
     *         without a commit
     * @throws Exception any other failure: the loop's classifier decides between handing the batch over again and the
     *         end of the service
     */
    List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch) throws Exception;

    /**
     * As {@link #handle(List)}; beside this batch one other begins, and the rest of the window when one of the two calls
     * {@code beginNext}, or is handled. A handler calls it where it begins to wait for others: many batches that only
     * compute would take the processors from each other, and the records of all of them would be in memory for as long. By
     * default the next one begins at once.
     *
     * @param beginNext may be called more than once, by any thread
     */
    default List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch, Runnable beginNext)
            throws Exception {
        beginNext.run();
        return handle(batch);
    }

    /**
     * When a record may be handled, in milliseconds since the epoch; at once by default. The records of a partition are
     * handled in their order, so one that is not due yet delays those behind it: a topic of such records should have
     * them in the order in which they become due. Quick and without effects.
     */
    default long dueAt(ConsumerRecord<byte[], byte[]> record) {
        return Long.MIN_VALUE;
    }

    /**
     * What is to be produced besides the dead letter when the loop puts a record aside that the handler, or the broker
     * its output, does not take. The answer is in the transaction of the dead letter.
     */
    default List<ProducerRecord<byte[], byte[]>> deadLetter(ConsumerRecord<byte[], byte[]> record) {
        return List.of();
    }
}

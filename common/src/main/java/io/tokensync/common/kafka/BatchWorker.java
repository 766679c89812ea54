package io.tokensync.common.kafka;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.runtime.StageStatus;

/** The worker of a loop: has batches handled, each on a thread of its own, and commits them in order, or gives them back. */
final class BatchWorker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(BatchWorker.class);

    private final BatchQueue queue;
    private final BatchSteps steps;
    private final PollLoopMetrics metrics;
    private final LoopProgress progress;
    private final StageStatus status;

    BatchWorker(BatchQueue queue, BatchSteps steps, PollLoopMetrics metrics, LoopProgress progress,
            StageStatus status) {
        this.queue = queue;
        this.steps = steps;
        this.metrics = metrics;
        this.progress = progress;
        this.status = status;
    }

    @Override
    public void run() {
        try {
            boolean more = true;
            while (more) {
                // Before anything else: as long as a transaction of ours may be open, nobody knows where to go on.
                steps.open();
                more = work(queue.next());
            }
        } catch (InterruptedException _) {
            // Closed while an outage was waited for.
        } catch (Throwable e) {
            queue.fail(e);
        } finally {
            queue.workedOnBy(null);
            steps.close();
        }
    }

    private boolean work(BatchQueue.Step step) throws Exception {
        switch (step) {
            case BatchQueue.Step.Begin(var batch) -> begin(batch);
            case BatchQueue.Step.Finish(var batch) -> finish(batch);
            case BatchQueue.Step.End() -> {
                return false;
            }
        }
        return true;
    }

    private void begin(Batch batch) {
        progress.began();
        // A thread of the platform: JDK 25 before 25.0.3 may forget to wake a virtual one, and the loop would stand still.
        Thread thread = Thread.ofPlatform().daemon().name(Thread.currentThread().getName() + "-batch")
                .unstarted(() -> queue.handled(batch, handle(batch)));
        queue.handledBy(batch, thread);
        thread.start();
    }

    private Batch.Handled handle(Batch batch) {
        try {
            return new Batch.Handled.Output(steps.handle(batch.records(), () -> queue.letNextBegin(batch)));
        } catch (Throwable e) {
            return new Batch.Handled.Failed(e);
        }
    }

    private void finish(Batch batch) throws Exception {
        try {
            commit(batch);
            metrics.batchDone();
            queue.committed(batch);
        } catch (InterruptedException | BatchAbandonedException | UnknownOutcomeException e) {
            log.atInfo().setMessage("batch dropped, to be read again").addKeyValue("records", batch.records().size())
                    .addKeyValue("cause", e.toString()).log();
            metrics.redelivered(batch.records().size());
            queue.dropped(batch);
        } finally {
            progress.ended();
        }
        status.running();
    }

    private void commit(Batch batch) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = batch.records();
        try {
            commit(batch, records, batch.output());
        } catch (BadRecordsException e) {
            divide(batch, records, e);
        }
    }

    private void commit(Batch batch, List<ConsumerRecord<byte[], byte[]>> records,
            List<ProducerRecord<byte[], byte[]>> output) throws Exception {
        steps.commit(output, Batch.offsetsAfter(records), () -> queue.generationFor(batch));
        metrics.committed(records.size(), output.size());
    }

    /** They are too many at once, or one of them is at fault: in halves, until that one is found and put aside. */
    private void divide(Batch batch, List<ConsumerRecord<byte[], byte[]>> records, BadRecordsException fault)
            throws Exception {
        if (records.size() > 1) {
            int half = records.size() / 2;
            handleAndCommit(batch, records.subList(0, half));
            handleAndCommit(batch, records.subList(half, records.size()));
        } else {
            steps.refuse(records.getFirst(), fault.getCause(), () -> queue.generationFor(batch));
            metrics.committed(1, 1);
        }
    }

    private void handleAndCommit(Batch batch, List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        try {
            commit(batch, records, steps.handle(records, () -> {}));
        } catch (BadRecordsException e) {
            divide(batch, records, e);
        }
    }
}

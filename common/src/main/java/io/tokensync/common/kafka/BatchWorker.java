package io.tokensync.common.kafka;

import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.runtime.StageStatus;

/** The worker of a loop: takes a batch, has it handled and committed, or gives it back. */
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
            while (queue.isOpen() && workOnNext()) {
                status.running();
            }
        } catch (InterruptedException _) {
            // Closed while there was no batch.
        } catch (Throwable e) {
            queue.fail(e);
        } finally {
            queue.workedOnBy(null);
            steps.close();
        }
    }

    private boolean workOnNext() throws Exception {
        // Before the batch: as long as a transaction of ours may be open, nobody knows where to go on.
        steps.open();
        Optional<Batch> next = queue.take();
        if (next.isPresent()) {
            work(next.get());
        }
        return next.isPresent();
    }

    private void work(Batch batch) throws Exception {
        progress.started();
        try {
            process(batch, batch.records());
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
    }

    /** Handles and commits the records; in halves when they are too many at once or one of them is at fault. */
    private void process(Batch batch, List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        try {
            List<ProducerRecord<byte[], byte[]>> output = steps.handle(records);
            steps.commit(output, Batch.offsetsAfter(records), () -> queue.generationFor(batch));
            metrics.committed(records.size(), output.size());
        } catch (BadRecordsException e) {
            if (records.size() > 1) {
                int half = records.size() / 2;
                process(batch, records.subList(0, half));
                process(batch, records.subList(half, records.size()));
            } else {
                steps.refuse(records.getFirst(), e.getCause(), () -> queue.generationFor(batch));
                metrics.committed(1, 1);
            }
        }
    }
}

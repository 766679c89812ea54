package io.tokensync.common.kafka;

import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.retry.Retrier;
import io.tokensync.common.runtime.StageStatus;

/** The worker of a loop: takes a batch, has it handled, commits. A batch that was handled once is not handled again only
 * because its transaction has failed. */
final class BatchWorker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(BatchWorker.class);

    private final BatchQueue queue;
    private final BatchHandler handler;
    private final OutputTransactions transactions;
    private final Retrier handling;
    private final Retrier committing;
    private final PollLoopMetrics metrics;
    private final PartitionProgress progress;
    private final StageStatus status;

    BatchWorker(BatchQueue queue, BatchHandler handler, OutputTransactions transactions, Retrier handling,
            Retrier committing, PollLoopMetrics metrics, PartitionProgress progress, StageStatus status) {
        this.queue = queue;
        this.handler = handler;
        this.transactions = transactions;
        this.handling = handling;
        this.committing = committing;
        this.metrics = metrics;
        this.progress = progress;
        this.status = status;
    }

    @Override
    public void run() {
        try {
            while (workOnNext()) {
                status.running();
            }
        } catch (InterruptedException _) {
            // Closed while there was no batch.
        } catch (Throwable e) {
            queue.fail(e);
        } finally {
            queue.workedOnBy(null);
            transactions.close();
        }
    }

    private boolean workOnNext() throws Exception {
        if (!queue.isOpen()) {
            return false;
        }
        // Before the batch: as long as a transaction of ours may be open, nobody knows where to go on.
        committing.run("open transactions", () -> {
            transactions.open();
            return null;
        });
        Optional<Batch> next = queue.take();
        if (next.isPresent()) {
            work(next.get());
        }
        return next.isPresent();
    }

    private void work(Batch batch) throws Exception {
        progress.started();
        try {
            List<ProducerRecord<byte[], byte[]>> output = handling.run("handle batch",
                    () -> handler.handle(batch.records()));
            commit(batch, output);
            progress.committed(batch.offsets().keySet());
            metrics.committed(batch.records().size(), output.size());
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

    private void commit(Batch batch, List<ProducerRecord<byte[], byte[]>> output) throws Exception {
        committing.run("commit batch", () -> {
            try {
                transactions.commit(output, batch.offsets(), () -> queue.generationFor(batch));
            } catch (RuntimeException e) {
                metrics.aborted();
                throw e;
            }
            return null;
        });
    }
}

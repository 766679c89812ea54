package io.tokensync.common.kafka.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.kafka.window.Batch;
import io.tokensync.common.kafka.window.BatchAbandonedException;
import io.tokensync.common.kafka.window.BatchWindow;
import io.tokensync.common.kafka.window.NextStep;
import io.tokensync.common.runtime.StageStatus;

/**
 * The worker of a loop: has batches handled, each on a thread of its own, and commits them in order, or gives them back.
 * Batches that are handled while it commits others are committed next, in one transaction: what a transaction costs beside
 * its records is paid the less often the more there is to do.
 */
final class BatchWorker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(BatchWorker.class);

    private final BatchWindow window;
    private final BatchSteps steps;
    private final PollLoopMetrics metrics;
    private final LoopProgress progress;
    private final StageStatus status;
    private final String name;

    BatchWorker(BatchWindow window, BatchSteps steps, PollLoopMetrics metrics, LoopProgress progress,
            StageStatus status, String name) {
        this.window = window;
        this.steps = steps;
        this.metrics = metrics;
        this.progress = progress;
        this.status = status;
        this.name = name;
    }

    @Override
    public void run() {
        window.workerStarted();
        try {
            boolean more = true;
            while (more) {
                more = workOnce();
            }
        } catch (Throwable e) {
            window.fail(e);
        } finally {
            window.workerEnded();
            steps.close();
        }
    }

    private boolean workOnce() throws Exception {
        try {
            if (window.isOpen()) {
                // Before anything else: as long as a transaction of ours may be open, nobody knows where to go on.
                steps.open();
            }
            return work(window.next());
        } catch (InterruptedException _) {
            // The window is closed, or somebody's interrupt has come too late: the window alone says when to end.
            return true;
        }
    }

    private boolean work(NextStep step) throws Exception {
        switch (step) {
            case NextStep.Begin(var batch) -> begin(batch);
            case NextStep.Finish(var batches) -> finish(batches);
            case NextStep.End() -> {
                return false;
            }
        }
        return true;
    }

    /** Also by the thread of a batch that lets the next one begin. */
    private void begin(Batch batch) {
        progress.began();
        startThread(batch, () -> {
            handle(batch, batch.records(), () -> releasePermit(batch));
            window.beginNext().ifPresent(this::begin);
        });
    }

    /** A thread of its own, so that abandoning the batch may interrupt it, and hits nothing else. */
    private void startThread(Batch batch, Runnable handling) {
        // One of the platform: JDK 25 before 25.0.3 may forget to wake a virtual one, and the loop would stand still.
        Thread thread = Thread.ofPlatform().daemon().name(name + "-batch").unstarted(handling);
        window.handledBy(batch, thread);
        try {
            thread.start();
        } catch (Throwable e) {
            window.handled(batch, new Batch.Handled.Failed(e));
        }
    }

    private void handle(Batch batch, List<ConsumerRecord<byte[], byte[]>> records, Runnable beginNext) {
        Batch.Handled end;
        try {
            end = new Batch.Handled.Output(steps.handle(records, beginNext));
        } catch (Throwable e) {
            end = new Batch.Handled.Failed(e);
        }
        window.handled(batch, end);
    }

    private void releasePermit(Batch batch) {
        window.releasePermit(batch);
        window.beginNext().ifPresent(this::begin);
    }

    private void finish(List<Batch> batches) throws Exception {
        try {
            finish(batches, () -> commit(batches));
        } catch (BadRecordsException _) {
            for (Batch batch : batches) {
                finish(List.of(batch), () -> commitAlone(batch));
            }
        }
        status.running();
    }

    /** How batches are committed. */
    @FunctionalInterface
    private interface Commit {
        void run() throws Exception;
    }

    private void finish(List<Batch> batches, Commit commit) throws Exception {
        try {
            commit.run();
            batches.forEach(this::committed);
        } catch (InterruptedException | BatchAbandonedException | UnknownOutcomeException e) {
            batches.forEach(batch -> dropped(batch, e));
        }
    }

    private void committed(Batch batch) {
        log.atDebug().setMessage("batch committed").addKeyValue("loop", name)
                .addKeyValue("records", batch.records().size()).addKeyValue("partitions", batch.offsets().keySet())
                .log();
        metrics.batchDone();
        window.committed(batch);
        progress.ended();
        progress.moved();
    }

    private void dropped(Batch batch, Exception cause) {
        log.atInfo().setMessage("batch abandoned after a rebalance, its records will be consumed again")
                .addKeyValue("records", batch.records().size()).addKeyValue("cause", cause.toString()).log();
        metrics.redelivered(batch.records().size());
        window.dropped(batch);
        progress.ended();
        if (cause instanceof UnknownOutcomeException) {
            // That is the brokers' fault, of which a new process would not know more.
            progress.moved();
        }
    }

    private void commit(List<Batch> batches) throws Exception {
        List<ProducerRecord<byte[], byte[]>> output = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        int records = 0;
        for (Batch batch : batches) {
            output.addAll(window.outputOf(batch));
            offsets.putAll(batch.offsets());
            records += batch.records().size();
        }
        // They are abandoned together.
        steps.commit(output, offsets, () -> window.membershipFor(batches.getLast()));
        metrics.committed(records, output.size());
    }

    private void commitAlone(Batch batch) throws Exception {
        try {
            commit(List.of(batch));
        } catch (BadRecordsException e) {
            divide(batch, batch.records(), e);
        }
    }

    /** They are too many at once, or one of them is at fault: in halves, until that one is found and dead-lettered. */
    private void divide(Batch batch, List<ConsumerRecord<byte[], byte[]>> records, BadRecordsException fault)
            throws Exception {
        if (records.size() > 1) {
            int half = records.size() / 2;
            handleAndCommit(batch, records.subList(0, half));
            handleAndCommit(batch, records.subList(half, records.size()));
        } else {
            steps.reject(records.getFirst(), fault.getCause(), () -> window.membershipFor(batch));
            metrics.committed(1, 1);
        }
    }

    private void handleAndCommit(Batch batch, List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        try {
            startThread(batch, () -> handle(batch, records, () -> {}));
            List<ProducerRecord<byte[], byte[]>> output = window.outputOf(batch);
            steps.commit(output, Batch.offsetsAfter(records), () -> window.membershipFor(batch));
            metrics.committed(records.size(), output.size());
            progress.moved();
        } catch (BadRecordsException e) {
            divide(batch, records, e);
        }
    }
}

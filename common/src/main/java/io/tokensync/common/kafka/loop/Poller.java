package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.kafka.MissingRight;
import io.tokensync.common.kafka.window.BatchWindow;
import io.tokensync.common.runtime.StageStatus;

/** One membership in the group: polls, whatever the worker does, from joining to leaving. Lives on the consumer thread. */
final class Poller implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Poller.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** A member that has polled so often without a failure, two seconds, may read what it was given. */
    private static final int PROOF_TURNS = 20;
    private static final Duration REWIND_BOUND = Duration.ofSeconds(1);
    private static final Duration LEAVE_BOUND = Duration.ofSeconds(3);

    private final PollLoopConfig config;
    private final Consumer<byte[], byte[]> consumer;
    private final BatchWindow window;
    private final LoopProgress progress;
    private final StageStatus work;
    private final DueRecords due;
    private final IdleCommits idleCommits;
    private final BrokerWatch watch;
    private final Starvation starvation;
    private boolean joined;
    private int turnsAsMember;
    private boolean reading;
    private volatile boolean caughtUp;

    /**
     * @param work what the worker is doing
     * @param due which records the worker gets now
     */
    Poller(PollLoopConfig config, Consumer<byte[], byte[]> consumer, BatchWindow window, LoopProgress progress,
            StageStatus work, DueRecords due, IdleCommits idleCommits, BrokerWatch watch, Starvation starvation) {
        this.config = config;
        this.consumer = consumer;
        this.window = window;
        this.progress = progress;
        this.work = work;
        this.due = due;
        this.idleCommits = idleCommits;
        this.watch = watch;
        this.starvation = starvation;
    }

    /** Polls until the group has let us in and reading is known to work, or the loop is closed. */
    void join(BooleanSupplier closing) {
        consumer.subscribe(config.topics(), this);
        while (!reading && window.isOpen() && !closing.getAsBoolean()) {
            turn();
        }
    }

    /** One round; takes a tenth of a second when there is nothing to read. */
    void turn() {
        try {
            if (window.isRewindDue()) {
                rewind();
            }
            pauseOrResume();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            window.join(consumer.groupMetadata());
            reading = reading || (joined && (!records.isEmpty() || ++turnsAsMember >= PROOF_TURNS));
            if (!records.isEmpty()) {
                watch.well();
            }
            List<ConsumerRecord<byte[], byte[]>> dueNow = due.of(records, consumer);
            if (!dueNow.isEmpty()) {
                window.add(dueNow);
            } else {
                lookAround();
            }
        } catch (WakeupException _) {
            // The worker or close() wants the next round to begin.
        } catch (AuthorizationException e) {
            throw MissingRight.ofConsumer(e);
        }
        boolean idle = window.isIdle();
        progress.turned(!idle);
        caughtUp = joined && idle && due.isCaughtUp(consumer);
        starvation.look(joined && idle && !caughtUp);
    }

    /** Nothing has come. */
    private void lookAround() {
        if (window.isIdle()) {
            idleCommits.commitIfAhead(consumer);
        }
        watch.look();
    }

    /** Whether everything that was there and due is committed. May be called by any thread. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    /** Shows the consumer's own metrics until the result is closed. */
    KafkaClientMetrics bindTo(MeterRegistry meters) {
        KafkaClientMetrics bound = new KafkaClientMetrics(consumer);
        bound.bindTo(meters);
        return bound;
    }

    /** Leaves the group. */
    @Override
    public void close() {
        // On a thread that is interrupted it would not leave.
        Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(LEAVE_BOUND));
        } catch (RuntimeException e) {
            log.atDebug().setMessage("consumer closed with a failure").setCause(e).log();
        }
    }

    /** May be called by any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        window.join(consumer.groupMetadata());
        joined = true;
        log.atInfo().setMessage("partitions assigned").addKeyValue("group", config.group())
                .addKeyValue("partitions", partitions).log();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        window.join(consumer.groupMetadata());
        // A batch that waits for an outage to end would not finish within any bound.
        remove(partitions, work.isWaiting() ? Duration.ZERO : config.revokeBound(), "partitions revoked");
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        remove(partitions, Duration.ZERO, "partitions lost");
    }

    private void remove(Collection<TopicPartition> partitions, Duration bound, String message) {
        boolean abandoned = window.revoke(partitions, bound);
        idleCommits.forget(partitions);
        due.forget(partitions);
        log.atInfo().setMessage(message).addKeyValue("group", config.group()).addKeyValue("partitions", partitions)
                .addKeyValue("batch_abandoned", abandoned).log();
    }

    /** Back to the committed offsets. Waits for transactions that are still open there, in short pieces. */
    private void rewind() {
        Set<TopicPartition> assignment = consumer.assignment();
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assignment, REWIND_BOUND);
            for (TopicPartition partition : assignment) {
                OffsetAndMetadata offset = committed.get(partition);
                if (offset == null) {
                    consumer.seekToBeginning(Set.of(partition));
                } else {
                    consumer.seek(partition, offset);
                }
            }
            due.forget(assignment);
            window.rewound();
        } catch (TimeoutException _) {
            log.atDebug().setMessage("committed offsets are not known yet").log();
        }
    }

    private void pauseOrResume() {
        Set<TopicPartition> idle = window.isFull() ? consumer.assignment() : due.held();
        Set<TopicPartition> paused = consumer.paused();
        consumer.pause(idle.stream().filter(partition -> !paused.contains(partition)).toList());
        consumer.resume(paused.stream().filter(partition -> !idle.contains(partition)).toList());
    }
}

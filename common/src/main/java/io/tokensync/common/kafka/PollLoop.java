package io.tokensync.common.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.BatchSteps.Step;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.time.Sleeper;

/**
 * Reads topics as a member of a group, hands batches to a handler and commits its output together with the offsets, in
 * one Kafka transaction. One thread polls, so that the member stays in the group however long the handler takes; one
 * works. The next batch is collected while one is being worked on.
 *
 * <p>
 * Nothing is lost and nothing is doubled in what a reader of committed records sees: a batch whose transaction fails is
 * committed later or read again, a batch whose partitions are taken away is finished within a bound or dropped. Failures
 * of kinds that pass are waited for without end; any other failure ends the loop with nothing committed.
 */
public final class PollLoop implements Service {
    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration JOIN_BOUND = Duration.ofSeconds(15);

    private final PollLoopConfig config;
    private final KafkaClients clients;
    private final StageStatus status;
    private final MeterRegistry meters;
    private final Clock clock;
    private final BatchQueue queue;
    private final PartitionProgress progress;
    private final Retrier joining;
    private final Thread pollThread;
    private final Thread workThread;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Poller poller;

    /**
     * @param handlerFailures decides about what the handler throws
     * @param status of the stage, which its handler may write too
     */
    public PollLoop(PollLoopConfig config, KafkaClients clients, BatchHandler handler,
            FailureClassifier handlerFailures, StageStatus status, MeterRegistry meters, Clock clock) {
        this(config, clients, transactionalProducers(config, clients), handler, handlerFailures, status, meters, clock);
    }

    /** @param producers of transactions, each of the same transactional id */
    PollLoop(PollLoopConfig config, KafkaClients clients, Supplier<Producer<byte[], byte[]>> producers,
            BatchHandler handler, FailureClassifier handlerFailures, StageStatus status, MeterRegistry meters,
            Clock clock) {
        this.config = config;
        this.clients = clients;
        this.status = status;
        this.meters = meters;
        this.clock = clock;
        this.queue = new BatchQueue(config, this::wakePoller);
        this.progress = new PartitionProgress(clock);
        FailureClassifier kafkaFailures = new KafkaFailureClassifier();
        this.joining = retrier(kafkaFailures, this::sleepUnlessClosing);
        PollLoopMetrics metrics = new PollLoopMetrics(meters, config.group());
        BatchSteps steps = new BatchSteps(config, handler, new OutputTransactions(producers),
                new Step(retrier(handlerFailures, Sleeper.system()), handlerFailures),
                new Step(retrier(kafkaFailures, Sleeper.system()), kafkaFailures), metrics);
        BatchWorker worker = new BatchWorker(queue, steps, metrics, progress, status);
        String name = config.group() + "-" + config.member();
        this.pollThread = Thread.ofPlatform().daemon().name(name + "-poll").unstarted(this::poll);
        this.workThread = Thread.ofPlatform().daemon().name(name + "-work").unstarted(worker);
        queue.workedOnBy(workThread);
    }

    @Override
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("the loop of group " + config.group() + " has been started already");
        }
        workThread.start();
        pollThread.start();
    }

    @Override
    public StageStatus status() {
        return status;
    }

    @Override
    public CompletableFuture<Void> termination() {
        return termination;
    }

    /** For liveness: whether the loop turns, and no batch has been in the handler for longer than this unless it waits. */
    public boolean pausedOrProgressing(Duration bound) {
        if (!started.get() || termination.isDone()) {
            return !termination.isCompletedExceptionally();
        }
        return progress.hasTurnedWithin(bound)
                && (progress.isBatchYoungerThan(bound) || status.snapshot().state() == State.WAITING);
    }

    /** By assigned partition, when records of it were last committed, or when it was assigned. */
    public Map<TopicPartition, Instant> lastProgress() {
        return progress.last();
    }

    /** Finishes or abandons the batch within the bound of the configuration, leaves the group, and returns. */
    @Override
    public void close() {
        closing.countDown();
        if (started.compareAndSet(false, true)) {
            termination.complete(null);
        } else {
            wakePoller();
            await(pollThread, config.closeBound().plus(JOIN_BOUND));
        }
    }

    /** One transactional id for the life of the loop, so that each producer ends what the one before it left open. */
    private static Supplier<Producer<byte[], byte[]>> transactionalProducers(PollLoopConfig config,
            KafkaClients clients) {
        String transactionalId = clients.transactionalId(config.group(), config.member());
        return () -> clients.transactionalProducer(transactionalId);
    }

    private void wakePoller() {
        Poller current = poller;
        if (current != null) {
            current.wakeup();
        }
    }

    /** The consumer thread: one membership after another, until closed or failed. */
    private void poll() {
        Throwable failure = null;
        try {
            while (!isClosing() && queue.isOpen()) {
                membership();
            }
        } catch (InterruptedException _) {
            // Closed while it waited to join.
        } catch (Throwable e) {
            failure = e;
        }
        end(failure);
    }

    private void membership() throws Exception {
        try (Poller member = joining.run("join group", this::join); KafkaClientMetrics _ = member.bindTo(meters)) {
            while (!isClosing() && queue.isOpen()) {
                member.turn();
            }
            drain(member);
        } catch (RuntimeException e) {
            if (new KafkaFailureClassifier().classify(e) == FailureKind.FATAL) {
                throw e;
            }
            log.atWarn().setMessage("membership ended, joining again").addKeyValue("group", config.group()).setCause(e)
                    .log();
        } finally {
            poller = null;
        }
    }

    private Poller join() {
        Consumer<byte[], byte[]> consumer = clients.consumer(config.group(), config.member(), config.maxRecords());
        Poller member = new Poller(config, consumer, queue, progress, status, new IdleCommits(clock),
                new BrokerWatch(consumer, config.topics(), clients.bootstrapServers(), status, clock));
        poller = member;
        boolean joined = false;
        try {
            member.join(this::isClosing);
            joined = true;
            return member;
        } finally {
            if (!joined) {
                member.close();
            }
        }
    }

    /** Keeps polling, so that the membership lasts, while the last batch is finished. */
    private void drain(Poller member) {
        Instant end = clock.instant().plus(config.closeBound());
        while (!queue.drain(Duration.ZERO) && clock.instant().isBefore(end)) {
            member.turn();
        }
        queue.close();
    }

    private void end(Throwable failure) {
        queue.close();
        await(workThread, JOIN_BOUND);
        Throwable cause = queue.failure().orElse(failure);
        if (cause == null) {
            status.stopped();
            termination.complete(null);
        } else {
            log.atError().setMessage("loop ended, nothing of its last batch is committed")
                    .addKeyValue("group", config.group()).setCause(cause).log();
            status.failed(cause.toString());
            termination.completeExceptionally(cause);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void sleepUnlessClosing(Duration duration) throws InterruptedException {
        if (closing.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("closing");
        }
    }

    private Retrier retrier(FailureClassifier classifier, Sleeper sleeper) {
        return new Retrier(config.retry(), classifier, status, RetryListener.NONE, clock, sleeper,
                RandomGenerator.getDefault());
    }

    private static void await(Thread thread, Duration bound) {
        try {
            if (!thread.join(bound)) {
                log.atWarn().setMessage("thread does not end").addKeyValue("thread", thread.getName()).log();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.loop.BatchSteps.Step;
import io.tokensync.common.kafka.loop.BatchSteps.Steps;
import io.tokensync.common.kafka.window.BatchWindow;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryMetrics;
import io.tokensync.common.runtime.Service;
import io.tokensync.common.runtime.StageStatus;
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
    private static final Duration STUCK = Duration.ofMinutes(5);
    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration JOIN_BOUND = Duration.ofSeconds(15);

    private final PollLoopConfig config;
    private final LoopClients clients;
    private final BatchHandler handler;
    private final StageStatus status;
    private final StageStatus membership;
    private final RetryListener retries;
    private final MeterRegistry meters;
    private final Clock clock;
    private final BatchWindow window;
    private final LoopProgress progress;
    private final Retrier joining;
    private final Thread pollThread;
    private final Thread workThread;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Poller poller;
    private RuntimeException ended;

    /**
     * @param handlerFailures decides about what the handler throws
     * @param status of this loop alone; its handler may write it too
     */
    public PollLoop(PollLoopConfig config, KafkaClients clients, BatchHandler handler,
            FailureClassifier handlerFailures, StageStatus status, MeterRegistry meters, Clock clock) {
        this(config, LoopClients.of(config, clients), handler, handlerFailures, status, meters, clock);
    }

    PollLoop(PollLoopConfig config, LoopClients clients, BatchHandler handler, FailureClassifier handlerFailures,
            StageStatus status, MeterRegistry meters, Clock clock) {
        this.config = config;
        this.clients = clients;
        this.handler = handler;
        this.status = status;
        this.membership = status.part();
        this.retries = new RetryMetrics(new Metrics(meters), config.stage() + "-loop");
        this.meters = meters;
        this.clock = clock;
        this.window = new BatchWindow(config.limits(), meters.config().clock()::monotonicTime, this::wakePoller);
        this.progress = new LoopProgress(clock);
        new Metrics(meters).gauge(MetricNames.PROGRESS_AGE, progress::batchAge, config.stage(), config.group(),
                config.member());
        FailureClassifier kafkaFailures = new KafkaFailureClassifier();
        this.joining = retrier(kafkaFailures, membership, this::sleepUnlessClosing);
        PollLoopMetrics metrics = new PollLoopMetrics(meters, config.group());
        OutputTransactions output = new OutputTransactions(OutputWatch.over(clients, status, clock));
        BatchSteps steps = new BatchSteps(config, handler, output,
                new Steps(step(handlerFailures, Sleeper.system()), step(kafkaFailures, window::awaitOpening),
                        step(kafkaFailures, window::awaitCommit)),
                metrics);
        String name = config.group() + "-" + config.member();
        BatchWorker worker = new BatchWorker(window, steps, metrics, progress, status, name);
        this.pollThread = Thread.ofPlatform().daemon().name(name + "-poll").unstarted(this::poll);
        this.workThread = Thread.ofPlatform().daemon().name(name + "-work").unstarted(worker);
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

    @Override
    public boolean alive() {
        return pausedOrProgressing(STUCK);
    }

    /**
     * For liveness: whether both threads are there, the loop turns, and records in its hands have been committed within this
     * time, unless it waits for something that it knows.
     */
    public boolean pausedOrProgressing(Duration bound) {
        if (!started.get() || termination.isDone()) {
            return !termination.isCompletedExceptionally();
        }
        return areThreadsAlive() && progress.hasTurnedWithin(bound)
                && (progress.hasMovedWithin(bound) || status.isWaiting() || membership.isWaiting());
    }

    private boolean areThreadsAlive() {
        return isClosing() || (pollThread.getState() != Thread.State.TERMINATED
                && workThread.getState() != Thread.State.TERMINATED);
    }

    /** Whether everything that was there for this loop, and due, is committed. */
    public boolean isCaughtUp() {
        Poller current = poller;
        return current != null && current.isCaughtUp();
    }

    /** From now on a batch waits for no more records, whatever the configuration says: for whoever waits for the last one. */
    public void hurry() {
        window.hurry();
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
            while (!isClosing() && window.isOpen()) {
                membershipUntilInterrupted();
            }
        } catch (Throwable e) {
            failure = e;
        }
        end(failure);
    }

    private void membershipUntilInterrupted() throws Exception {
        try {
            membership();
        } catch (InterruptedException e) {
            // Closed while it waited to join. If not, it is somebody's mistake, for which no record may be left unread.
            log.atDebug().setMessage("interrupted").setCause(e).log();
        }
    }

    private void membership() throws Exception {
        try (Poller member = joining.run("join group", this::join); KafkaClientMetrics _ = member.bindTo(meters)) {
            while (!isClosing() && window.isOpen()) {
                member.turn();
            }
            drain(member);
        } catch (RuntimeException e) {
            if (new KafkaFailureClassifier().classify(e) == FailureKind.FATAL) {
                throw e;
            }
            log.atWarn().setMessage("membership ended, joining again").addKeyValue("group", config.group()).setCause(e)
                    .log();
            window.abandon();
            ended = e;
        } finally {
            poller = null;
        }
    }

    /** A member that reads. That the one before it has failed is the first failure of joining, and waited for like one. */
    private Poller join() {
        RuntimeException before = ended;
        ended = null;
        if (before != null) {
            throw before;
        }
        Consumer<byte[], byte[]> consumer = clients.consumers().get();
        Poller member = new Poller(config, consumer, window, progress, status,
                new DueRecords(handler, clock), new IdleCommits(clock),
                new BrokerWatch(consumer, config.topics(), clients.address(), membership, clock),
                new Starvation(clock));
        poller = member;
        boolean joined = false;
        try {
            member.join(this::isClosing);
            joined = true;
            membership.running();
            return member;
        } finally {
            if (!joined) {
                member.close();
                window.abandon();
            }
        }
    }

    /** Keeps polling, so that the membership lasts, while the last batch is finished. */
    private void drain(Poller member) {
        Instant end = clock.instant().plus(config.closeBound());
        while (!window.drain() && clock.instant().isBefore(end)) {
            member.turn();
        }
        window.close();
    }

    private void end(Throwable failure) {
        window.close();
        await(workThread, JOIN_BOUND);
        Throwable cause = window.failure().orElse(failure);
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

    private Step step(FailureClassifier failures, Sleeper sleeper) {
        return new Step(retrier(failures, status, sleeper), failures);
    }

    private Retrier retrier(FailureClassifier classifier, StageStatus waiting, Sleeper sleeper) {
        return new Retrier(config.retry(), classifier, waiting, retries, clock, sleeper,
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

package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.tokensync.common.failure.FailureClassifier;
import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.loop.BatchSteps.Step;
import io.tokensync.common.kafka.loop.BatchSteps.Steps;
import io.tokensync.common.kafka.window.BatchWindowRig;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.time.Sleeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** While the window is open there is a worker, whatever is abandoned at which moment. */
class BatchWorkerTest extends BatchWindowRig {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final ConsumerGroupMetadata MEMBERSHIP = new MockConsumer<>("earliest").groupMetadata();

    private final List<UnreliableProducer> producers = new ArrayList<>();
    private final AtomicInteger unknownOutcomes = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile Runnable whileDropping = () -> {};
    private volatile BatchHandler handler = _ -> List.of();
    private Thread thread;

    @AfterEach
    void end() throws InterruptedException {
        window.close();
        if (thread != null) {
            assertThat(thread.join(LONGEST_WAIT)).isTrue();
        }
    }

    @Test
    void partitionsThatAreRevokedBetweenAFailedCommitAndItsEndDoNotEndTheWorker() {
        unknownOutcomes.set(1);
        whileDropping = () -> window.revoke(List.of(ZERO), Duration.ZERO);
        start(Thread::sleep);
        window.add(records(0, 0, 5));
        await().atMost(LONGEST_WAIT).until(window::isRewindDue);
        window.rewound();
        window.add(records(0, 0, 5));
        await().atMost(LONGEST_WAIT).until(() -> committed() == 5);
    }

    @Test
    void aBatchIsALineOfTheLogAtDebug() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(BatchWorker.class);
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        try {
            start(Thread::sleep);
            window.add(records(0, 0, 5));
            await().atMost(LONGEST_WAIT).until(() -> committed() == 5);
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }
        assertThat(List.copyOf(lines.list)).filteredOn(line -> line.getMessage().equals("batch committed")).hasSize(1)
                .first().extracting(ILoggingEvent::getKeyValuePairs).asString().contains("records=\"5\"");
    }

    @Test
    void anInterruptThatIsNotForTheEndDoesNotEndTheWorker() {
        start(Thread::sleep);
        await().atMost(LONGEST_WAIT).until(() -> thread.getState() == Thread.State.WAITING);
        thread.interrupt();
        window.add(records(0, 0, 5));
        await().atMost(LONGEST_WAIT).until(() -> committed() == 5);
    }

    @Test
    void partsOfABatchThatWaitForAnOutageAreAbandonedToo() {
        CountDownLatch waits = new CountDownLatch(1);
        handler = batch -> {
            if (batch.size() > 1) {
                throw new RecordTooLargeException("one of them");
            }
            waits.countDown();
            never.await();
            return List.of();
        };
        start(Thread::sleep);
        window.add(records(0, 0, 2));
        await().atMost(LONGEST_WAIT).until(() -> waits.getCount() == 0);
        window.revoke(List.of(ZERO), Duration.ZERO);
        await().atMost(LONGEST_WAIT).until(window::isRewindDue);
        window.rewound();
        handler = _ -> List.of();
        window.add(records(0, 0, 7));
        await().atMost(LONGEST_WAIT).until(() -> committed() == 7);
    }

    @Test
    void aCommitThatIsWaitedForIsGivenUpWhenItsPartitionsAreRevoked() {
        CountDownLatch waits = new CountDownLatch(1);
        AtomicInteger waited = new AtomicInteger();
        start(wait -> {
            waits.countDown();
            waited.incrementAndGet();
            window.awaitCommit(Duration.ofDays(1));
        });
        await().atMost(LONGEST_WAIT).until(() -> !producers.isEmpty());
        producers.getFirst().sendOffsetsToTransactionException = new TimeoutException("an outage");
        window.add(records(0, 0, 5));
        await().atMost(LONGEST_WAIT).until(() -> waits.getCount() == 0);
        window.revoke(List.of(ZERO), Duration.ZERO);
        await().atMost(LONGEST_WAIT).until(window::isRewindDue);
        producers.getFirst().sendOffsetsToTransactionException = null;
        window.rewound();
        window.add(records(0, 0, 6));
        await().atMost(LONGEST_WAIT).until(() -> committed() == 6);
        assertThat(waited).hasValue(1);
    }

    private void start(Sleeper betweenCommits) {
        window.join(MEMBERSHIP);
        PollLoopConfig config = PollLoopConfig.of("g", "t");
        SimpleMeterRegistry meters = new SimpleMeterRegistry() {
            @Override
            protected Counter newCounter(Meter.Id id) {
                return new CumulativeCounter(id) {
                    @Override
                    public void increment(double amount) {
                        if (id.getName().endsWith("redeliveries")) {
                            whileDropping.run();
                        }
                        super.increment(amount);
                    }
                };
            }
        };
        PollLoopMetrics metrics = new PollLoopMetrics(meters, "g");
        FailureClassifier failures = new KafkaFailureClassifier();
        Steps steps = new Steps(step(_ -> FailureKind.POISON, Thread::sleep), step(failures, Thread::sleep),
                step(failures, betweenCommits));
        BatchSteps batchSteps = new BatchSteps(config, batch -> handler.handle(batch),
                new OutputTransactions(this::producer), steps, metrics);
        thread = Thread.ofPlatform().daemon().unstarted(new BatchWorker(window, batchSteps, metrics,
                new LoopProgress(Clock.systemUTC()), new StageStatus(Clock.systemUTC()), "g"));
        thread.start();
    }

    private static Step step(FailureClassifier failures, Sleeper sleeper) {
        return new Step(new Retrier(RetryPolicy.standard(), failures, new StageStatus(Clock.systemUTC()),
                RetryListener.NONE, Clock.systemUTC(), sleeper, new Random(3)), failures);
    }

    private synchronized UnreliableProducer producer() {
        UnreliableProducer producer = new UnreliableProducer();
        producers.add(producer);
        return producer;
    }

    /** The offset behind the last record that is committed. */
    private synchronized long committed() {
        return producers.stream().flatMap(producer -> producer.consumerGroupOffsetsHistory().stream())
                .mapToLong(offsets -> offsets.get(MEMBERSHIP.groupId()).get(ZERO).offset()).max().orElse(0);
    }

    /** Of some commits it does not say what has become of them; it does not begin on a thread that is interrupted. */
    private final class UnreliableProducer extends MockProducer<byte[], byte[]> {
        UnreliableProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void initTransactions() {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptException("interrupted");
            }
            super.initTransactions();
        }

        @Override
        public void commitTransaction() {
            if (unknownOutcomes.getAndDecrement() > 0) {
                abortTransactionException = new TimeoutException("no answer either");
                throw new TimeoutException("no answer");
            }
            super.commitTransaction();
        }
    }
}

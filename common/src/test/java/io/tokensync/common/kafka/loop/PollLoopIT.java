package io.tokensync.common.kafka.loop;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.testkit.kafka.TestTopics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PollLoopIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @Test
    void everyRecordComesOutOnceAndTheLagReachesZero() throws Exception {
        try (LoopBench bench = LoopBench.on(KAFKA, "identity", 3)) {
            bench.produce(0, 2_000);
            PollLoop loop = bench.start(bench::copy);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            assertThat(bench.lag()).isZero();
            bench.assertEachOnce(2_000);
            loop.close();
            assertThat(loop.termination()).isCompleted();
            assertThat(loop.status().snapshot().state()).isEqualTo(State.STOPPED);
        }
    }

    @Test
    void aHandlerThatOftenFailsGetsItsBatchesAgain() {
        Random random = new Random(7);
        AtomicInteger failures = new AtomicInteger();
        try (LoopBench bench = LoopBench.on(KAFKA, "failing", 3)) {
            bench.produce(0, 2_000);
            bench.start(batch -> {
                if (random.nextInt(3) == 0) {
                    failures.incrementAndGet();
                    throw new IOException("not now");
                }
                return bench.copy(batch);
            });
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(2_000);
            assertThat(failures).hasPositiveValue();
        }
    }

    @Test
    void transactionsThatFailOrWhoseOutcomeIsUnknownDoubleNothing() {
        try (LoopBench bench = LoopBench.on(KAFKA, "faulty", 3)) {
            bench.produce(0, 3_000);
            KafkaClients clients = new KafkaClients(bench.settings());
            FaultyProducers producers = new FaultyProducers(() -> clients.transactionalProducer(bench.group),
                    new Random(11), 0.2);
            bench.start(bench::copy, producers);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(3_000);
            assertThat(producers.faults()).isPositive();
            assertThat(bench.counted("aborts")).isPositive();
        }
    }

    @Test
    void membershipsThatFailLoseAndDoubleNothing() {
        try (LoopBench bench = LoopBench.on(KAFKA, "dropping", 3)) {
            bench.produce(0, 1_000);
            LoopClients real = LoopClients.of(bench.config(), new KafkaClients(bench.settings()));
            FaultyConsumers consumers = new FaultyConsumers(real.consumers(), new Random(13), 3);
            bench.start(bench::copy, new LoopClients(consumers, real.producers(), real.address()));
            await().atMost(LONGEST_WAIT).until(() -> consumers.faults() == 3);
            bench.produce(1_000, 1_500);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(1_500);
        }
    }

    @Test
    void aRecordThatIsTooLargeEvenForADeadLetterIsDeadLetteredWithoutItsPayload() {
        try (LoopBench bench = LoopBench.on(KAFKA, "large", 1)) {
            bench.produce(0, 10);
            KAFKA.topics().produce(bench.input, "key", "x".repeat(10_000));
            bench.produce(10, 20);
            PollLoop loop = bench.start(bench.config().withDeadLetterTopic(bench.output),
                    bench.settings().withProperties(Map.of("max.request.size", "5000")), bench::copy,
                    LoopBench.ALWAYS_TRANSIENT);
            await().atMost(LONGEST_WAIT).until(() -> loop.termination().isDone() || bench.isDrained());
            var output = KAFKA.readCommitted(bench.output);
            assertThat(output).hasSize(21);
            assertThat(output).flatExtracting(record -> DeadLetter.read(record).stream().toList()).singleElement()
                    .isInstanceOfSatisfying(DeadLetter.class, deadLetter -> {
                        assertThat(deadLetter.isPayloadLeftAtOrigin()).isTrue();
                        assertThat(deadLetter.payload()).isNull();
                        assertThat(deadLetter.key()).asString().isEqualTo("key");
                        assertThat(deadLetter.origin()).isInstanceOfSatisfying(DeadLetter.FromTopic.class, from -> {
                            assertThat(from.topic()).isEqualTo(bench.input);
                            assertThat(from.offset()).isEqualTo(10);
                        });
                    });
        }
    }

    @Test
    void aMemberThatLeavesAndOneThatJoinsShareTheWork() {
        try (LoopBench bench = LoopBench.on(KAFKA, "shared", 4)) {
            Set<Integer> seen = ConcurrentHashMap.newKeySet();
            PollLoop first = bench.start(batch -> {
                batch.forEach(record -> seen.add(record.partition()));
                return bench.copy(batch);
            });
            bench.produce(0, 500);
            PollLoop second = bench.start(bench::copy);
            for (int round = 1; round <= 4; round++) {
                bench.produce(round * 500, round * 500 + 250);
                second.close();
                bench.produce(round * 500 + 250, (round + 1) * 500);
                second = bench.start(bench::copy);
            }
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(2_500);
            assertThat(first.termination()).isNotDone();
            assertThat(seen).isNotEmpty();
        }
    }

    @Test
    void aHandlerThatBlocksForLongKeepsItsMembership() throws Exception {
        try (LoopBench bench = LoopBench.on(KAFKA, "blocked", 1)) {
            KafkaSettings impatient = bench.settings()
                    .withProperties(Map.of("max.poll.interval.ms", "1500", "session.timeout.ms", "1500",
                            "heartbeat.interval.ms", "300"));
            AtomicInteger calls = new AtomicInteger();
            CountDownLatch never = new CountDownLatch(1);
            bench.produce(0, 50);
            bench.start(bench.config(), impatient, batch -> {
                if (calls.incrementAndGet() == 1) {
                    assertThat(never.await(5, TimeUnit.SECONDS)).isFalse();
                }
                return bench.copy(batch);
            }, LoopBench.ALWAYS_TRANSIENT);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(50);
            assertThat(bench.counted("redeliveries")).isZero();
            assertThat(bench.counted("aborts")).isZero();
        }
    }

    @Test
    void aFatalFailureEndsTheLoopWithNothingCommitted() throws Exception {
        try (LoopBench bench = LoopBench.on(KAFKA, "fatal", 1)) {
            bench.produce(0, 10);
            IllegalStateException mistake = new IllegalStateException("a mistake of the program");
            PollLoop loop = bench.start(bench.config(), bench.settings(), _ -> {
                throw mistake;
            }, _ -> FailureKind.FATAL);
            await().atMost(LONGEST_WAIT).until(() -> loop.termination().isDone());
            assertThat(loop.termination()).failsWithin(Duration.ZERO).withThrowableOfType(Exception.class)
                    .withCause(mistake);
            assertThat(loop.status().snapshot().state()).isEqualTo(State.FAILED);
            assertThat(bench.lag()).isEqualTo(10);
            assertThat(bench.committedOutput()).isEmpty();
        }
    }

    @Test
    void aRecordAtFaultIsFoundAndDeadLettered() {
        try (LoopBench bench = LoopBench.on(KAFKA, "poison", 1)) {
            bench.produce(0, 100);
            bench.start(bench.config().withDeadLetterTopic(bench.output), bench.settings(), batch -> {
                if (batch.stream().anyMatch(record -> record.offset() == 42)) {
                    throw new IllegalArgumentException("number 42");
                }
                return bench.copy(batch);
            }, _ -> FailureKind.POISON);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(100);
            var deadLetters = KAFKA.readCommitted(bench.output).stream()
                    .flatMap(record -> DeadLetter.read(record).stream())
                    .toList();
            assertThat(deadLetters).singleElement().satisfies(deadLetter -> {
                assertThat(deadLetter.detail()).contains("number 42");
                assertThat(deadLetter.payload()).asString().isEqualTo("42");
            });
        }
    }

    @Test
    void closingGivesUpABatchThatDoesNotFinishAndTheNextMemberGetsIt() {
        try (LoopBench bench = LoopBench.on(KAFKA, "closing", 1)) {
            bench.produce(0, 10);
            CountDownLatch entered = new CountDownLatch(1);
            PollLoop stuck = bench.start(bench.config().withBounds(Duration.ZERO, Duration.ofMillis(200)),
                    bench.settings(), batch -> {
                        entered.countDown();
                        new CountDownLatch(1).await();
                        return bench.copy(batch);
                    }, LoopBench.ALWAYS_TRANSIENT);
            await().atMost(LONGEST_WAIT).until(() -> entered.getCount() == 0);
            stuck.close();
            assertThat(stuck.termination()).isCompleted();
            bench.start(bench::copy);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(10);
        }
    }

    @Test
    void theLagOfATopicThatEndsInAbortedTransactionsReachesZero() {
        try (LoopBench bench = LoopBench.on(KAFKA, "aborted", 2)) {
            try (var producer = new KafkaClients(bench.settings()).transactionalProducer(bench.group + "-upstream")) {
                producer.initTransactions();
                for (int transaction = 0; transaction < 10; transaction++) {
                    producer.beginTransaction();
                    for (int number = transaction * 10; number < transaction * 10 + 10; number++) {
                        var _ = producer.send(
                                TestTopics.record(bench.input, "k" + number, "" + number));
                    }
                    producer.flush();
                    if (transaction < 5) {
                        producer.commitTransaction();
                    } else {
                        producer.abortTransaction();
                    }
                }
            }
            bench.start(bench::copy);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(50);
        }
    }
}

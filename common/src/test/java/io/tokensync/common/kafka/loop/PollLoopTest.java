package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.runtime.StageStatus.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PollLoopTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final StageStatus stage = new StageStatus(clock);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger members = new AtomicInteger();

    @Test
    void aTopicThatMayNotBeReadIsShownAndWaitedForUntilTheLoopCloses() {
        LoopClients clients = clients(consumer -> consumer.schedulePollTask(
                () -> consumer.setPollException(new TopicAuthorizationException(Set.of("t")))));
        try (PollLoop loop = loop(clients, _ -> List.of(), stage.part())) {
            loop.start();
            await().atMost(LONGEST_WAIT).until(() -> stage.snapshot().state() == State.WAITING);
            assertThat(stage.snapshot().kind()).isEqualTo(FailureKind.ENVIRONMENT);
            assertThat(stage.snapshot().cause()).contains("TopicAuthorizationException");
            await().atMost(LONGEST_WAIT)
                    .until(() -> meters.find(MetricNames.RETRIES.id()).tag("stage", "writer-loop").counters()
                            .stream().anyMatch(counter -> counter.count() == 1));
            assertThat(loop.pausedOrProgressing(STUCK)).isTrue();
            loop.close();
            assertThat(loop.termination()).isCompleted();
            assertThat(stage.snapshot().state()).isEqualTo(State.STOPPED);
            assertThat(members).hasValue(1);
        }
    }

    @Test
    void aLoopThatWaitsForLongIsAliveThoughAnotherRuns() {
        StageStatus part = stage.part();
        CountDownLatch outageEnds = new CountDownLatch(1);
        BatchHandler handler = _ -> {
            part.waiting(FailureKind.TRANSIENT, "no database");
            outageEnds.await();
            return List.of();
        };
        try (PollLoop loop = loop(clients(PollLoopTest::addRecord), handler, part)) {
            loop.start();
            await().atMost(LONGEST_WAIT).until(part::isWaiting);
            stage.part().running();
            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(6)));
            await().atMost(LONGEST_WAIT).until(() -> loop.pausedOrProgressing(STUCK));
            assertThat(stage.snapshot().state()).isEqualTo(State.WAITING);
        }
    }

    @Test
    void aLoopThatHangsIsNotAliveThoughAnotherWaits() {
        CountDownLatch entered = new CountDownLatch(1);
        BatchHandler handler = _ -> {
            entered.countDown();
            new CountDownLatch(1).await();
            return List.of();
        };
        try (PollLoop loop = loop(clients(PollLoopTest::addRecord), handler, stage.part())) {
            loop.start();
            await().atMost(LONGEST_WAIT).until(() -> entered.getCount() == 0);
            stage.part().waiting(FailureKind.TRANSIENT, "no database");
            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(6)));
            assertThat(loop.pausedOrProgressing(STUCK)).isFalse();
        }
    }

    @Test
    void aLoopThatHoldsRecordsAndCommitsNoneIsNotAlive() {
        StageStatus part = stage.part();
        BatchHandler handler = _ -> {
            throw new InterruptedException("nobody has asked for it");
        };
        try (PollLoop loop = loop(clients(PollLoopTest::addRecord), handler, part)) {
            loop.start();
            await().atMost(LONGEST_WAIT).until(() -> meters.find("tokensync.poll.redeliveries").counters().stream()
                    .anyMatch(counter -> counter.count() > 0));
            assertThat(loop.pausedOrProgressing(STUCK)).isTrue();
            loop.close();
        }
        LoopProgress progress = new LoopProgress(clock);
        progress.turned(true);
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(3)));
        progress.turned(true);
        assertThat(progress.hasMovedWithin(STUCK)).isTrue();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(3)));
        progress.turned(true);
        assertThat(progress.hasMovedWithin(STUCK)).isFalse();
        progress.moved();
        assertThat(progress.hasMovedWithin(STUCK)).isTrue();
        progress.turned(false);
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(6)));
        assertThat(progress.hasMovedWithin(STUCK)).isTrue();
    }

    @Test
    void aLoopOneOfWhoseThreadsHasEndedIsNotAlive() {
        LoopClients clients = clients(_ -> {}).withProducers(() -> {
            throw new IllegalStateException("a mistake");
        });
        try (PollLoop loop = loop(clients, _ -> List.of(), stage.part())) {
            loop.start();
            await().atMost(LONGEST_WAIT).until(() -> !loop.alive());
        }
    }

    private PollLoop loop(LoopClients clients, BatchHandler handler, StageStatus part) {
        PollLoopConfig config = PollLoopConfig.of("g", "t").withStage("writer").withBounds(Duration.ZERO,
                Duration.ZERO);
        return new PollLoop(config, clients, handler, _ -> FailureKind.FATAL, part, meters, clock);
    }

    /** Members that are given the partition at once; what happens next is said. */
    private LoopClients clients(Consumer<MockConsumer<byte[], byte[]>> next) {
        return new LoopClients(() -> {
            members.incrementAndGet();
            MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
            consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
            next.accept(consumer);
            return consumer;
        }, () -> new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()), "nowhere");
    }

    private static void addRecord(MockConsumer<byte[], byte[]> consumer) {
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[1], new byte[1])));
    }
}

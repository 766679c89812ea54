package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a loop waits for and by itself goes on with: records that are not due yet, topics that are not there yet. */
class PollLoopWaitingIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    @Test
    void recordsWaitUntilTheyAreDueAndHoldUpOnlyThoseBehindThem() {
        try (LoopBench bench = LoopBench.on(KAFKA, "due", 3)) {
            AtomicBoolean due = new AtomicBoolean();
            bench.produce(0, 300);
            Set<Integer> held = Set.of(40, 41, 200);
            bench.start(new BatchHandler() {
                @Override
                public List<ProducerRecord<byte[], byte[]>> handle(List<ConsumerRecord<byte[], byte[]>> batch) {
                    return bench.copy(batch);
                }

                @Override
                public long dueAt(ConsumerRecord<byte[], byte[]> record) {
                    boolean waits = held.contains(LoopBench.number(record)) && !due.get();
                    return waits ? Clock.systemUTC().millis() + 300 : 0;
                }
            });
            long before = KAFKA.readCommitted(bench.input).stream()
                    .collect(Collectors.groupingBy(ConsumerRecord::partition)).values().stream()
                    .mapToLong(partition -> partition.stream()
                            .takeWhile(record -> !held.contains(LoopBench.number(record))).count())
                    .sum();
            await().atMost(LONGEST_WAIT).until(() -> bench.committedOutput().size() == before);
            await().atMost(LONGEST_WAIT).untilAsserted(() -> assertThat(bench.lag()).isEqualTo(300 - before));
            due.set(true);
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(300);
        }
    }

    @Test
    void inAHurryALoopWaitsForNoMoreRecords() {
        try (LoopBench bench = LoopBench.on(KAFKA, "hurried", 1)) {
            PollLoop loop = bench.start(bench.config().withBatch(100, 1 << 20, Duration.ofHours(1)), bench.settings(),
                    bench::copy, LoopBench.ALWAYS_TRANSIENT);
            bench.produce(0, 10);
            loop.hurry();
            await().atMost(LONGEST_WAIT).until(bench::isDrained);
            bench.assertEachOnce(10);
        }
    }

    @Test
    void aMissingTopicIsNamedAndReadAsSoonAsItExists() {
        String name = KAFKA.name("missing");
        try (LoopBench bench = LoopBench.on(KAFKA, "unused", 1)) {
            PollLoop loop = bench.start(PollLoopConfig.of(bench.group, name).withRetry(LoopBench.QUICK),
                    bench.settings().withProperties(Map.of("metadata.max.age.ms", "500")), bench::copy,
                    LoopBench.ALWAYS_TRANSIENT);
            await().atMost(LONGEST_WAIT).untilAsserted(() -> {
                assertThat(loop.status().snapshot().kind()).isEqualTo(FailureKind.ENVIRONMENT);
                assertThat(loop.status().snapshot().cause()).contains(name).contains("tokensync topics create");
            });
            KAFKA.topics().create(name, 1);
            KAFKA.topics().produce(name, "key", "1");
            await().atMost(LONGEST_WAIT).untilAsserted(() -> bench.assertEachOnce(1));
            assertThat(loop.status().snapshot().state()).isEqualTo(State.RUNNING);
        }
    }
}

package io.tokensync.monitor.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.deadletter.DeadLetterStore;
import io.tokensync.monitor.deadletter.DeadLetters;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The newest dead letters of a topic on a real broker. */
class DeadLetterFollowerIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final int OLD = 300;

    private final DeadLetterStore store = new DeadLetterStore("--config writer.yaml");

    @Test
    void theNewestAreReadAndThoseThatComeAreAdded() {
        String topic = KAFKA.createTopic("dead-letters", 1);
        produce(topic, 0, DeadLetterStore.MOST + OLD);
        KafkaClients clients = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers()));
        try (DeadLetterFollower _ = DeadLetterFollower.start(clients, topic, store,
                new Metrics(new SimpleMeterRegistry()), Clock.systemUTC(), Sleeper.system())) {
            await().atMost(LONGEST_WAIT).until(() -> store.problem() == null);
            assertThat(store.find(_ -> true)).hasSize(DeadLetterStore.MOST)
                    .allMatch(one -> Integer.parseInt(one.place().substring(2)) >= OLD);
            produce(topic, DeadLetterStore.MOST + OLD, 1);
            await().atMost(LONGEST_WAIT).until(
                    () -> store.find(_ -> true).getFirst().place().equals("0:" + (DeadLetterStore.MOST + OLD)));
        }
    }

    @Test
    void aTopicThatIsNotThereIsSaid() {
        KafkaClients clients = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers()));
        try (DeadLetterFollower _ = DeadLetterFollower.start(clients, KAFKA.name("none"), store,
                new Metrics(new SimpleMeterRegistry()), Clock.systemUTC(), Sleeper.system())) {
            await().atMost(LONGEST_WAIT)
                    .until(() -> String.valueOf(store.problem())
                            .matches("the dead letters cannot be read: .*there is no topic.*"));
        }
    }

    private static void produce(String topic, int from, int count) {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        List<ProducerRecord<byte[], byte[]>> records = IntStream.range(from, from + count).mapToObj(i -> {
            ConsumerRecord<byte[], byte[]> one = DeadLetters.fromDatabase(i, begin, "n", "s");
            return new ProducerRecord<>(topic, 0, begin.plusSeconds(i).toEpochMilli(), one.key(), one.value(),
                    one.headers());
        }).toList();
        KAFKA.produce(records);
    }
}

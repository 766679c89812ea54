package io.tokensync.common.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Records that are large in memory and small on the wire: a consumer has few of them at once, however many a batch may have. */
class PolledAtOnceIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final int RECORDS = 500;
    private static final int BYTES = 150_000;
    private static final long BOUND = 10_000_000;

    private final String topic = KAFKA.createTopic("shrinking", 1);
    private final KafkaClients clients = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers()));

    @Test
    void ofAMemberOfAGroup() {
        sendRecords();
        try (Consumer<byte[], byte[]> consumer = clients.consumer(KAFKA.name("group"), "0", 20_000)) {
            consumer.subscribe(List.of(topic));
            assertThat(largestPoll(consumer)).isBetween((long) BYTES, BOUND);
        }
    }

    @Test
    void ofAReader() {
        sendRecords();
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertThat(largestPoll(consumer)).isBetween((long) BYTES, BOUND);
        }
    }

    private void sendRecords() {
        byte[] value = "a".repeat(BYTES).getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer = clients.producer("test", Duration.ofMinutes(2))) {
            for (int i = 0; i < RECORDS; i++) {
                var _ = producer.send(new ProducerRecord<>(topic, 0, null, value));
            }
        }
    }

    /** In bytes, until all records have come. */
    private static long largestPoll(Consumer<byte[], byte[]> consumer) {
        long largest = 0;
        int seen = 0;
        while (seen < RECORDS) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(1));
            seen += polled.count();
            largest = Math.max(largest, StreamSupport.stream(polled.spliterator(), false)
                    .mapToLong(record -> record.value().length).sum());
        }
        return largest;
    }
}

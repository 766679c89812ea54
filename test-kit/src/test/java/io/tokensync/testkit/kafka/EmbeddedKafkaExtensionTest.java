package io.tokensync.testkit.kafka;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedKafkaExtensionTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @Test
    void whatIsProducedIsRead() {
        String topic = KAFKA.createTopic("letters", 3);
        KAFKA.produce(
                IntStream.range(0, 1000).mapToObj(i -> TestTopics.record(topic, "key" + i, "value" + i)).toList());
        assertThat(KAFKA.readCommitted(topic)).hasSize(1000);
    }

    @Test
    void anEmptyTopicIsEmpty() {
        assertThat(KAFKA.readCommitted(KAFKA.createTopic("letters", 1))).isEmpty();
    }
}

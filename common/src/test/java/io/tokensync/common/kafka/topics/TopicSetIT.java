package io.tokensync.common.kafka.topics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.kafka.AdminAnswer;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

import static org.assertj.core.api.Assertions.assertThat;

class TopicSetIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @Test
    void missingTopicsAreCreatedAndExistingOnesCompared() throws InterruptedException {
        TopicSet topics = new TopicSet(spec("scanned", 3), spec("enriched", 2), spec("dead", 1), spec("receipts", 1),
                spec("sessions", 1), spec("digests", 1), spec("repairs", 1), spec("retry", 2));
        try (Admin admin = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())).admin("topics")) {
            assertThat(topics.missing(admin)).hasSize(12);
            assertThat(topics.differences(admin)).hasSize(12).first().asString().contains("tokensync topics create");
            assertThat(topics.create(admin)).hasSize(12);
            assertThat(topics.create(admin)).isEmpty();
            assertThat(topics.missing(admin)).isEmpty();
            assertThat(topics.differences(admin)).isEmpty();

            TopicSpec other = new TopicSpec(topics.scanned().name(), 5, Optional.of(1), Optional.of(Duration.ofDays(9)),
                    true);
            TopicSet changed = new TopicSet(other, topics.enriched(), topics.deadLetter(), topics.receipts(),
                    topics.sessions(), topics.digests(), topics.repairs(), topics.contentRetry());
            assertThat(changed.differences(admin)).anySatisfy(d -> assertThat(d).contains("3 partitions, not 5"))
                    .anySatisfy(d -> assertThat(d).contains("retention.ms"))
                    .anySatisfy(d -> assertThat(d).contains("cleanup.policy")).hasSize(3);
        }
    }

    @Test
    void aRecordHasTheTimeOfTheBrokerWhateverItsProducersClockSays() throws Exception {
        TopicSpec topic = spec("clock", 1);
        KafkaClients clients = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers()));
        long before = System.currentTimeMillis();
        try (Admin admin = clients.admin("topics");
                Producer<byte[], byte[]> producer = clients.producer("clock", Duration.ofMinutes(2))) {
            AdminAnswer.await(admin.createTopics(List.of(topic.toNewTopic())).all());

            long years = Duration.ofDays(1_000).toMillis();
            var sent = producer.send(new ProducerRecord<>(topic.name(), 0, before - years, new byte[1], new byte[1]));

            assertThat(sent.get().timestamp()).isBetween(before, System.currentTimeMillis());
        }
    }

    private static TopicSpec spec(String name, int partitions) {
        return new TopicSpec(KAFKA.name(name), partitions, Optional.of(1), Optional.of(Duration.ofDays(7)), false);
    }
}

package io.tokensync.standalone.run;

import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.kafka.AdminAnswer;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.standalone.run.Backlog.State;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.testkit.kafka.TestTopics;

import static org.assertj.core.api.Assertions.assertThat;

class TokenOffsetsIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final String ENRICHER = "enricher-that-commits";
    private static final String WRITER = "writer-that-commits";

    @Test
    void whatWaitsInFrontOfEitherGroupCountsAndWhatEitherCommitsIsProgress() throws Exception {
        KAFKA.topics().create(Topics.SCANNED, 1);
        KAFKA.topics().create(Topics.ENRICHED, 1);
        produce(Topics.SCANNED, 5);
        produce(Topics.ENRICHED, 3);
        try (Admin admin = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())).admin("test")) {
            TokenOffsets offsets = new TokenOffsets(new ConsumerLag(admin), ENRICHER, WRITER);
            assertThat(offsets.backlog()).isEqualTo(new State(8, 0));
            commit(admin, ENRICHER, Topics.SCANNED, 4);
            assertThat(offsets.backlog()).isEqualTo(new State(4, 4));
            commit(admin, WRITER, Topics.ENRICHED, 3);
            assertThat(offsets.backlog()).isEqualTo(new State(1, 7));
            assertThat(offsets.lines()).containsExactly(
                    "enricher has committed 4 of the 5 offsets of tokens.scanned",
                    "writer has committed 3 of the 3 offsets of tokens.enriched");
        }
    }

    private static void produce(String topic, int records) {
        KAFKA.produce(IntStream.range(0, records).mapToObj(i -> TestTopics.record(topic, "k" + i, "v")).toList());
    }

    private static void commit(Admin admin, String group, String topic, long offset) throws InterruptedException {
        AdminAnswer.await(admin.alterConsumerGroupOffsets(group,
                Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset))).all());
    }
}

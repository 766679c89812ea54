package io.tokensync.common.kafka;

import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaClientsTest {
    private static final KafkaSettings KAFKA = KafkaSettings.at("127.0.0.1:1");

    @Test
    void aMemberOfAQuietTopicTakesWhatThereIsAndAsksLessOften() {
        KafkaClients clients = new KafkaClients(KAFKA);
        assertThat(number(clients.ofQuietTopics(), ConsumerConfig.FETCH_MIN_BYTES_CONFIG)).isEqualTo(1);
        assertThat(number(clients.ofQuietTopics(), ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG))
                .isGreaterThan(number(clients, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG));
        assertThat(clients.ofQuietTopics().transactionalId("g", "0")).as("still the same process")
                .isEqualTo(clients.transactionalId("g", "0"));
    }

    @Test
    void whatTheUserSaysOfFetchingWins() {
        KafkaClients clients = new KafkaClients(
                KAFKA.withProperties(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "7")));
        assertThat(number(clients, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG)).isEqualTo(7);
        assertThat(number(clients.ofQuietTopics(), ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG)).isEqualTo(7);
    }

    private static int number(KafkaClients clients, String key) {
        return Integer.parseInt(clients.memberProperties("g", "0", 1).get(key).toString());
    }
}

package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.time.Sleeper;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;

class GroupLeadershipIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    @Test
    void oneLeadsAndAnotherFollowsWhenItIsGone() throws Exception {
        String topic = KAFKA.createTopic("leadership", 2);
        KafkaClients clients = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers()));
        GroupLeadership one = GroupLeadership.start(clients, topic + "-leaders", topic, Sleeper.system());
        try (GroupLeadership other = GroupLeadership.start(clients, topic + "-leaders", topic, Sleeper.system())) {
            await(() -> one.leads() != other.leads());
            one.close();
            await(() -> other.leads() && !one.leads());
        } finally {
            one.close();
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}

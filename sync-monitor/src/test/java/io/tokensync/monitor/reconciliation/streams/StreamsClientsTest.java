package io.tokensync.monitor.reconciliation.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.kafka.KafkaSettings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StreamsClientsTest {
    @TempDir
    Path directory;

    @Test
    void anAttemptThatFailsLeavesNoClientBehind() {
        String group = "leak-" + UUID.randomUUID();
        KafkaSettings kafka = KafkaSettings.at("127.0.0.1:1").withProperties(Map.of("application.server", "nonsense"));
        Properties properties = new StreamsSettings(kafka, group).properties(directory);
        StreamsBuilder topology = new StreamsBuilder();
        topology.stream("receipts").to("sessions");
        assertThatThrownBy(() -> StreamsClients.open(topology.build(), properties)).isInstanceOf(ConfigException.class);
        await().atMost(Duration.ofSeconds(30)).until(
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains(group)));
    }
}

package io.tokensync.common.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AnsweringAdminTest {
    @Test
    void aClusterThatDoesNotAnswerIsNamedWithWhatToLookAt() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            KafkaClients clients = new KafkaClients(KafkaSettings.at(address));
            assertThatThrownBy(() -> clients.answeringAdmin("test", Duration.ofMillis(200)))
                    .isInstanceOf(NoBrokerException.class).hasMessageContaining(address)
                    .hasMessageContaining("kafka.bootstrap-servers");
        }
    }
}

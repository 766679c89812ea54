package io.tokensync.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A broker on the loopback interface is within reach of every user of the machine; only who knows the login is let in. */
class BrokerLoginIT {
    private static final String PATIENCE_MS = "60000";
    private static final String SHORT_MS = "5000";

    @TempDir
    Path directory;

    private final BrokerLogin login = BrokerLogin.random();

    @Test
    void nobodyGetsMetadataWithoutTheLogin() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(directory).withLogin(login))) {
            try (Admin owner = admin("bootstrap.servers", kafka.bootstrapServers(), login.clientProperties(),
                    PATIENCE_MS)) {
                owner.createTopics(List.of(new NewTopic("private", 1, (short) 1))).all().get();
                assertThat(owner.listTopics().names().get()).contains("private");
            }
            assertRejected("bootstrap.servers", kafka.bootstrapServers(), Map.of());
            assertRejected("bootstrap.servers", kafka.bootstrapServers(), BrokerLogin.random().clientProperties());
        }
    }

    @Test
    void theControllerIsNotOpenEither() throws Exception {
        try (EmbeddedKafka _ = EmbeddedKafka.start(EmbeddedKafkaOptions.in(directory).withLogin(login))) {
            String controller = "127.0.0.1:" + controllerPort();
            try (Admin owner = admin("bootstrap.controllers", controller, login.clientProperties(), PATIENCE_MS)) {
                assertThat(owner.describeCluster().clusterId().get()).isNotBlank();
            }
            assertRejected("bootstrap.controllers", controller, Map.of());
            assertRejected("bootstrap.controllers", controller, BrokerLogin.random().clientProperties());
        }
    }

    @Test
    void theLoginTellsNobodyItsPassword() {
        assertThat(login.toString()).doesNotContain(login.password());
        assertThat(EmbeddedKafkaOptions.in(directory).withLogin(login).toString()).doesNotContain(login.password());
        assertThat(BrokerLogin.random()).isNotEqualTo(login);
    }

    private String controllerPort() throws IOException {
        Properties ports = new Properties();
        try (Reader in = Files.newBufferedReader(directory.resolve("ports.properties"))) {
            ports.load(in);
        }
        return ports.getProperty("controller.port");
    }

    private static void assertRejected(String key, String address, Map<String, String> properties) {
        try (Admin stranger = admin(key, address, properties, SHORT_MS)) {
            assertThatThrownBy(() -> stranger.describeCluster().nodes().get()).isInstanceOf(ExecutionException.class);
        }
    }

    private static Admin admin(String key, String address, Map<String, String> properties, String timeout) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(key, address);
        all.put("default.api.timeout.ms", timeout);
        all.put("request.timeout.ms", SHORT_MS);
        return Admin.create(all);
    }
}

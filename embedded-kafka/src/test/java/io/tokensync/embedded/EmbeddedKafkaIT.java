package io.tokensync.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedKafkaIT {
    private static final String TOPIC = "letters";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void aSecondRunFindsTheRecordsAtTheSameAddress() throws Exception {
        String address;
        try (EmbeddedKafka first = EmbeddedKafka.start(directory)) {
            address = first.bootstrapServers();
            createTopic(address);
            produce(address, 100);
        }
        try (EmbeddedKafka second = EmbeddedKafka.start(directory)) {
            assertThat(second.bootstrapServers()).isEqualTo(address);
            assertThat(endOffset(address)).isEqualTo(100);
        }
    }

    @Test
    void theSecondRunTakesAnotherPortWhenTheOldOneIsTaken() throws Exception {
        int port;
        try (EmbeddedKafka first = EmbeddedKafka.start(directory)) {
            port = first.port();
            createTopic(first.bootstrapServers());
            produce(first.bootstrapServers(), 10);
        }
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                EmbeddedKafka second = EmbeddedKafka.start(directory)) {
            assertThat(second.port()).isNotEqualTo(port);
            assertThat(endOffset(second.bootstrapServers())).isEqualTo(10);
        }
    }

    @Test
    void aPortThatWasAskedForAndIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedKafkaOptions options = EmbeddedKafkaOptions.in(directory).withPort(taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedKafka.start(options)).isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort()).hasMessageContaining("taken");
        }
        EmbeddedKafka.start(directory).close();
    }

    @Test
    void aDirectoryInUseIsRejected() {
        try (EmbeddedKafka _ = EmbeddedKafka.start(directory)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(directory)).isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining(directory.toString()).hasMessageContaining("in use");
        }
    }

    @Test
    void topicsAreNotCreatedByAccidentAndRecordsAreKeptForEver() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            var settings = admin.describeConfigs(List.of(broker)).all().get().get(broker);
            assertThat(settings.get("auto.create.topics.enable").value()).isEqualTo("false");
            assertThat(settings.get("log.retention.ms").value()).isEqualTo("-1");
        }
        EmbeddedKafkaOptions options = EmbeddedKafkaOptions.in(directory).withRetention(Duration.ofDays(2));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(options);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            var settings = admin.describeConfigs(List.of(broker)).all().get().get(broker);
            assertThat(settings.get("log.retention.ms").value()).isEqualTo("172800000");
        }
    }

    @Test
    void aBrokerThatLosesItsDiskSaysSoAndStillCloses() throws Exception {
        CompletableFuture<Throwable> failed;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("doomed"))) {
            failed = kafka.failed();
            assertThat(failed).isNotDone();
            replaceByAFile(directory.resolve("doomed").resolve("logs"));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                var _ = admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)));
                assertThat(failed).succeedsWithin(LONGEST_WAIT).isInstanceOf(EmbeddedKafkaException.class)
                        .extracting(Throwable::getMessage).asString().contains("embedded broker has failed");
            }
        }
        try (EmbeddedKafka next = EmbeddedKafka.start(directory.resolve("next"))) {
            assertThat(next.failed()).isNotDone();
        }
    }

    @Test
    void closingIsNoFailure() {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        CompletableFuture<Throwable> failed = kafka.failed();
        kafka.close();
        assertThat(failed).isNotDone();
    }

    /** What the broker has open stays open, but it makes no new file there: a disk that has gone. */
    private static void replaceByAFile(Path logs) throws IOException {
        Files.move(logs, logs.resolveSibling("moved"));
        Files.writeString(logs, "no directory");
    }

    private static void createTopic(String address) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void produce(String address, int records) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", address),
                new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < records; i++) {
                var _ = producer.send(new ProducerRecord<>(TOPIC, "letter " + i));
            }
        }
    }

    private static long endOffset(String address) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all().get().get(partition).offset();
        }
    }
}

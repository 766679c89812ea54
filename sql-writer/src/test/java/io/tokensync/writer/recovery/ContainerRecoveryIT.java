package io.tokensync.writer.recovery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.toxiproxy.ToxiproxyContainer;

import io.tokensync.common.jdbc.SqlSettings;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.admin.ConsumerLag.PartitionLag;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.serde.TokenRecordSerde;
import io.tokensync.testkit.kafka.TestTopics;
import io.tokensync.writer.WriterApp;
import io.tokensync.writer.batch.Records;
import io.tokensync.writer.containers.ContainerServer;
import io.tokensync.writer.containers.NeedsDocker;
import io.tokensync.writer.jdbc.Database;
import io.tokensync.writer.jdbc.Table;
import io.tokensync.writer.schema.Schema;

import static io.tokensync.writer.recovery.Recovery.LONGEST_WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A writer between a real broker and a real SQL Server whose network is cut and whose process is stopped. */
@NeedsDocker
class ContainerRecoveryIT {
    private static final String TOPIC = "enriched";
    private static final String DEAD = "dead";
    private static final int PROXY_PORT = 8666;
    private static final int PARTITIONS = 2;

    private final KafkaContainer kafka = new KafkaContainer("apache/kafka:4.1.0");
    private final ToxiproxyContainer proxies = new ToxiproxyContainer("ghcr.io/shopify/toxiproxy:2.12.0")
            .withNetwork(ContainerServer.NETWORK);
    private final List<TokenRecord> sent = new ArrayList<>();
    private Proxy way;
    private Database database;
    private WriterApp app;

    @BeforeEach
    void start() throws Exception {
        kafka.start();
        proxies.start();
        way = new ToxiproxyClient(proxies.getHost(), proxies.getControlPort()).createProxy("sql",
                "0.0.0.0:" + PROXY_PORT, ContainerServer.ADDRESS);
        TestTopics topics = new TestTopics(kafka.getBootstrapServers());
        topics.create(TOPIC, PARTITIONS);
        topics.create(DEAD, 1);
        SqlSettings through = quick(
                ContainerServer.newDatabase(proxies.getHost(), proxies.getMappedPort(PROXY_PORT)));
        database = Database.open(through, 1);
        new Schema(database).migrate();
        app = WriterApp.create(Recovery.config(kafka.getBootstrapServers(), through, TOPIC, "writer", DEAD,
                Recovery.BATCH_ROWS), new SimpleMeterRegistry(), Clock.systemUTC());
        app.start();
        send(400);
        awaitWritten();
    }

    @AfterEach
    void stop() {
        app.close();
        database.close();
        proxies.stop();
        kafka.stop();
    }

    @Test
    void aNetworkThatIsCut() throws Exception {
        way.disable();
        send(1_000);
        awaitWaiting();
        way.enable();
        awaitWritten();
        assertEqualToModel();
    }

    @Test
    void aServerThatIsStoppedAndGoesOn() throws Exception {
        var docker = DockerClientFactory.instance().client();
        String server = ContainerServer.container().getContainerId();
        docker.pauseContainerCmd(server).exec();
        try {
            send(1_000);
            awaitWaiting();
        } finally {
            docker.unpauseContainerCmd(server).exec();
        }
        awaitWritten();
        assertEqualToModel();
    }

    /** Each row in two versions. */
    private void send(int count) {
        List<TokenRecord> records = IntStream.range(0, count)
                .mapToObj(i -> Records.upsert("t" + i / 2, sent.size() + i + 1L, "did" + i)).toList();
        sent.addAll(records);
        new TestTopics(kafka.getBootstrapServers()).produce(records.stream().map(
                record -> new ProducerRecord<>(TOPIC, record.key().toRecordKey(), TokenRecordSerde.write(record)))
                .toList());
    }

    private void awaitWaiting() {
        await().atMost(LONGEST_WAIT).until(() -> app.status().snapshot().state() == State.WAITING);
    }

    private void awaitWritten() {
        try (Admin admin = new KafkaClients(KafkaSettings.at(kafka.getBootstrapServers())).admin("test")) {
            ConsumerLag lag = new ConsumerLag(admin);
            await().atMost(LONGEST_WAIT).until(
                    () -> lag.of("writer", List.of(TOPIC)).stream().allMatch(PartitionLag::isDrained));
        }
    }

    private void assertEqualToModel() throws Exception {
        assertThat(new Table(database.dataSource()).rows()).isEqualTo(Table.expected(sent));
        assertThat(new TestTopics(kafka.getBootstrapServers()).readCommitted(DEAD)).isEmpty();
    }

    /** Timeouts short enough to be met in a test. */
    private static SqlSettings quick(SqlSettings settings) {
        return new SqlSettings(settings.url() + ";socketTimeout=2500", settings.user(), settings.password(),
                Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
}

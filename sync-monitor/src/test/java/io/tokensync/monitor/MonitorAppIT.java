package io.tokensync.monitor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.runtime.Restarts;
import io.tokensync.common.runtime.StageStatus.State;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.monitor.app.MonitorUiConfig;
import io.tokensync.monitor.probe.Backlog;
import io.tokensync.monitor.probe.LagWatch;
import io.tokensync.monitor.reconciliation.streams.MonitorTopics;
import io.tokensync.monitor.reconciliation.streams.ReconciliationService;
import io.tokensync.monitor.reconciliation.streams.Timeouts;
import io.tokensync.testkit.kafka.BrokerProcess;
import io.tokensync.testkit.kafka.EmbeddedKafkaExtension;
import io.tokensync.testkit.kafka.TestTopics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The monitor on a real broker, with faults. */
class MonitorAppIT {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = new EmbeddedKafkaExtension();

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final Restarts SOON = new Restarts(Duration.ofMillis(200), Duration.ofSeconds(1));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FaultyStreamsClients clients = new FaultyStreamsClients();

    @TempDir
    private Path directory;

    /** The first failure costs a thread, the next ones the whole client: neither may cost the process. */
    @Test
    void commitsThatFailInAWayThatNobodyKnowsAreFollowedByProgress() {
        MonitorTopics topics = new MonitorTopics(KAFKA.createTopic("receipts", 2), KAFKA.createTopic("sessions", 2),
                KAFKA.createTopic("dead-letters", 1));
        ReconciliationService.Opening opening = (topology, properties) -> new KafkaStreams(topology, properties,
                clients);
        try (MonitorApp app = MonitorApp.create(config(KAFKA.bootstrapServers(), topics), opening, SOON, registry,
                Clock.systemUTC())) {
            app.start();
            String first = publish(KAFKA.topics(), topics);
            await().atMost(LONGEST_WAIT).until(() -> app.views().session(first).isPresent());
            clients.fail(4);
            String second = publish(KAFKA.topics(), topics);
            await().atMost(LONGEST_WAIT).until(() -> app.views().session(second).isPresent());
            String third = publish(KAFKA.topics(), topics);
            await().atMost(LONGEST_WAIT).until(() -> app.views().session(third).isPresent()
                    && app.status().snapshot().state() == State.RUNNING);
            assertThat(clients.left()).isZero();
            assertThat(app.views().session(first).orElseThrow().scan().published()).isEqualTo(3);
            assertThat(app.termination()).isNotDone();
            assertThat(app.alive()).isTrue();
            assertThat(new Metrics(registry).counter(MetricNames.LOOP_RESTARTS, "monitor", "reconciliation").count())
                    .isPositive();
        }
    }

    @Test
    void whileAllBrokersAreDeadItSaysThatNothingIsKnownAndSinceWhen() {
        MonitorTopics topics = new MonitorTopics("receipts", "sessions", "dead-letters");
        BrokerProcess broker = BrokerProcess.start(directory);
        try (MonitorApp app = MonitorApp.create(config(broker.bootstrapServers(), topics), registry,
                Clock.systemUTC())) {
            TestTopics there = new TestTopics(broker.bootstrapServers());
            there.create(topics.receipts(), 1);
            there.create(topics.sessions(), 1);
            app.start();
            assertThat(app.views().freshness().isKnown()).as("before anything was read").isFalse();
            String session = publish(there, topics);
            await().atMost(LONGEST_WAIT).until(() -> app.views().session(session).isPresent()
                    && app.views().freshness().isKnown());
            assertThat(app.details()).containsKey("in_flight");

            Instant death = Instant.now();
            broker.kill();
            await().atMost(LONGEST_WAIT).until(() -> !app.views().freshness().isKnown());
            assertThat(app.status().snapshot().state()).isEqualTo(State.WAITING);
            assertThat(app.status().snapshot().cause()).contains("no word from Kafka");
            assertThat(app.views().freshness().asOf()).isBefore(death.plusSeconds(5));
            assertThat(app.details()).doesNotContainKey("in_flight").extractingByKey("known").isEqualTo(false);
            await().atMost(LONGEST_WAIT).until(() -> app.status().parts().stream()
                    .allMatch(part -> part.now().state() == State.WAITING));

            broker = BrokerProcess.start(directory);
            await().atMost(LONGEST_WAIT).until(() -> app.views().freshness().isKnown());
            assertThat(app.status().snapshot().state()).isEqualTo(State.RUNNING);
        } finally {
            broker.kill();
        }
    }

    @Test
    void aLagThatNobodyHasConfirmedForLongIsNotKnown() throws Exception {
        String topic = KAFKA.createTopic("scanned", 1);
        KAFKA.topics().produce(topic, "k", "v");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
        try (Admin admin = new KafkaClients(KafkaSettings.at(KAFKA.bootstrapServers())).admin("lag")) {
            LagWatch lag = new LagWatch(admin, Map.of("enricher", new LagWatch.Reading(KAFKA.name("g"), topic)), clock);
            lag.look();
            assertThat(lag.get().records()).containsEntry("enricher", 1L);
            now.set(Instant.EPOCH.plusSeconds(20));
            assertThat(lag.get()).isEqualTo(new Backlog(Instant.EPOCH, Map.of()));
        }
    }

    /** A session of three published rows; its id. */
    private static String publish(TestTopics broker, MonitorTopics topics) {
        String id = UUID.randomUUID().toString();
        Instant now = Instant.now();
        ReceiptScope scope = new ReceiptScope(id, "10.1.1.1", "node", "/n/rubix.db");
        broker.produce(List.of(
                ReceiptSerde.toRecord(topics.receipts(), new Receipt.ScanCycleStarted(id, "10.1.1.1", now, 1, 1)),
                ReceiptSerde.toRecord(topics.receipts(), new Receipt.DatabaseScanned(scope, now, now,
                        new ScanCounts(3, 0, 3, 0, 0, Map.of(), 0), VersionSet.of(1, 2, 3), true, null))));
        return id;
    }

    private static MonitorConfig config(String address, MonitorTopics topics) {
        // A member that is gone is waited for no longer than that.
        KafkaSettings kafka = KafkaSettings.at(address)
                .withProperties(Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms", "1000"));
        return new MonitorConfig(kafka, KAFKA.name("monitor"), topics, Timeouts.STANDARD,
                MonitorUiConfig.off(Duration.ofMinutes(30)));
    }
}

package io.tokensync.bench.monitor;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

import io.tokensync.bench.ChildJvm;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaFailureClassifier;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.common.kafka.topics.TopicFollower;
import io.tokensync.common.kafka.topics.TopicSet;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.retry.Retrier;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.retry.RetryPolicy;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.view.SessionStore;

/** A monitor in a process of its own with the launcher's options, told what stages would tell it. */
final class MonitorProcess implements AutoCloseable {
    /** The launcher's, for {@code monitor}. */
    private static final String WARM_UP = new UUID(0, 0).toString();
    private static final List<String> JVM_OPTIONS = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int PARTITIONS = 4;

    private final Closer closer = new Closer();
    private final ChildJvm child;
    private final SessionStore summaries;
    private final Producer<byte[], byte[]> producer;
    private final int port;
    private final Clock clock;

    private MonitorProcess(KafkaClients clients, ChildJvm child, int port, Clock clock) {
        this.clock = clock;
        this.port = port;
        this.child = closer.register(child);
        this.summaries = new SessionStore(clock);
        this.producer = closer.register(clients.producer("bench", BOUND));
        StageStatus status = new StageStatus(clock);
        TopicFollower follower = closer.register(new TopicFollower(clients, Topics.SESSIONS, summaries::take,
                new Retrier(RetryPolicy.standard(), new KafkaFailureClassifier(), status, RetryListener.NONE, clock,
                        Sleeper.system(), RandomGenerator.getDefault()),
                status, clock));
        follower.start();
    }

    /** Starts it on this broker and returns when it has reconciled something. */
    static MonitorProcess start(String bootstrapServers, Path directory, Clock clock) throws Exception {
        KafkaClients clients = new KafkaClients(KafkaSettings.at(bootstrapServers));
        try (Admin admin = clients.admin("bench")) {
            TopicSet.local(PARTITIONS).create(admin);
        }
        int port = freePort();
        Path config = directory.resolve("monitor.yaml");
        Files.writeString(config, "kafka.bootstrap-servers: " + bootstrapServers + "\nmonitor.page.port: " + port
                + "\nmonitor.sessions-per-agent: 1000\nadmin.enabled: false\n");
        ChildJvm child = ChildJvm.start(directory.resolve("monitor.log"), JVM_OPTIONS,
                List.of("monitor", "--config", config.toString()));
        MonitorProcess process = new MonitorProcess(clients, child, port, clock);
        process.send(FleetReceipts.small(WARM_UP, "192.0.2.254", 9_999, 10, 1), Instant.EPOCH);
        process.awaitComplete(WARM_UP);
        return process;
    }

    /** Publishes the receipts of a scan cycle; returns when the broker has them. */
    void send(FleetReceipts cycle, Instant startedAt) {
        cycle.send(receipt -> {
            var _ = producer.send(ReceiptSerde.toRecord(Topics.RECEIPTS, receipt));
        }, startedAt);
        producer.flush();
    }

    /** Waits until it says that the session is complete. */
    void awaitComplete(String session) throws Exception {
        await(() -> summaries.session(session).filter(known -> known.status().isComplete()).isPresent());
    }

    /** Waits, and watches its memory meanwhile. */
    void await(BooleanSupplier condition) throws Exception {
        Instant end = clock.instant().plus(BOUND);
        while (!condition.getAsBoolean()) {
            if (child.await(LOOK)) {
                throw new IOException("the monitor has ended:\n" + child.output());
            }
            if (clock.instant().isAfter(end)) {
                throw new TimeoutException("the monitor does not come to an end:\n" + child.output());
            }
        }
    }

    Duration cpuTime() {
        return child.cpuTime();
    }

    long peakBytes() {
        return child.peakBytes();
    }

    String page() {
        return "http://127.0.0.1:" + port + "/";
    }

    @Override
    public void close() {
        closer.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

package io.tokensync.monitor.reconciliation.streams;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.SessionSummarySerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.LatestDatabase;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.view.FleetView;
import io.tokensync.monitor.view.SessionStore;

/** The topology without a broker, with a clock of its own. */
final class Monitor implements AutoCloseable {
    static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> receipts;
    private final TestOutputTopic<byte[], byte[]> summaries;
    private final SessionStore table;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final Map<String, SessionSummary> latest = new HashMap<>();
    private Instant now = T0;
    private long records;

    Monitor(Timeouts longestWait) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "monitor");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        driver = new TopologyTestDriver(
                ReconciliationTopology.of(new MonitorTopics("receipts", "sessions", "dead-letters"), longestWait),
                properties, T0);
        receipts = driver.createInputTopic("receipts", new ByteArraySerializer(), new ByteArraySerializer());
        table = new SessionStore(Clock.fixed(T0, ZoneOffset.UTC));
        deadLetters = driver.createOutputTopic("dead-letters", new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        summaries = driver.createOutputTopic("sessions", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void take(Receipt receipt) {
        takeAt(receipt, now);
    }

    void takeAt(Receipt receipt, Instant at) {
        receipts.pipeInput(receipt.sourceIp().getBytes(StandardCharsets.UTF_8), ReceiptSerde.write(receipt), at);
    }

    void takeJson(byte[] value) {
        receipts.pipeInput(new byte[0], value, now);
    }

    /** Those since the last question. */
    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    void takeGarbage() {
        receipts.pipeInput(new byte[0], "{".getBytes(StandardCharsets.UTF_8), now);
    }

    /** Lets time pass, in steps as short as the monitor's own. */
    Monitor pass(Duration duration) {
        Instant end = now.plus(duration);
        while (now.isBefore(end)) {
            Duration left = Duration.between(now, end);
            Duration most = duration.toHours() > 0 ? Duration.ofHours(1) : Duration.ofSeconds(5);
            Duration step = left.compareTo(most) > 0 ? most : left;
            now = now.plus(step);
            driver.advanceWallClockTime(step);
        }
        drain();
        return this;
    }

    Instant now() {
        return now;
    }

    Optional<SyncSession> session(String sessionId) {
        return Optional.ofNullable((SyncSession) latest.get(SyncSession.key(Scan.id(sessionId))));
    }

    ProcessedDatabase database(String sessionId, String dbPath) {
        return (ProcessedDatabase) latest.get(ProcessedDatabase.key(Scan.id(sessionId), dbPath));
    }

    LatestDatabase latest(String sourceIp, String dbPath) {
        return (LatestDatabase) latest.get(LatestDatabase.key(sourceIp, dbPath));
    }

    AgentSeen agent(String sourceIp) {
        return (AgentSeen) latest.get("agent|" + sourceIp);
    }

    /** What the page and the commands make of the session summaries. */
    FleetView fleet() {
        return table.fleet();
    }

    /** Of all values in the stores. */
    long storedBytes() {
        long bytes = 0;
        for (String store : States.STORES) {
            try (KeyValueIterator<String, byte[]> entries = driver.<String, byte[]>getKeyValueStore(store).all()) {
                while (entries.hasNext()) {
                    bytes += entries.next().value.length;
                }
            }
        }
        return bytes;
    }

    Map<String, SessionSummary> summaries() {
        return latest;
    }

    private void drain() {
        for (TestRecord<byte[], byte[]> record : summaries.readRecordsToList()) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            table.take(new ConsumerRecord<>("sessions", 0, records++, record.getRecordTime().toEpochMilli(),
                    TimestampType.CREATE_TIME, 0, 0, record.key(), record.value(), new RecordHeaders(),
                    Optional.empty()));
            if (record.value() == null) {
                latest.remove(key);
            } else {
                latest.put(key, read(record.value()));
            }
        }
    }

    private static SessionSummary read(byte[] json) {
        try {
            return SessionSummarySerde.read(json);
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}

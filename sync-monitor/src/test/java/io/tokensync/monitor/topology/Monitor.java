package io.tokensync.monitor.topology;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.serde.AccountSerde;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.UnreadableRecordException;
import io.tokensync.common.session.Account;
import io.tokensync.common.session.ProcessedDatabase;
import io.tokensync.common.session.SyncSession;

/** The topology without a broker, with a clock of its own. */
final class Monitor implements AutoCloseable {
    static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> receipts;
    private final TestOutputTopic<byte[], byte[]> accounts;
    private final Map<String, Account> latest = new HashMap<>();
    private Instant now = T0;

    Monitor(Patience patience) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "monitor");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        driver = new TopologyTestDriver(ReckoningTopology.of(new MonitorTopics("receipts", "sessions"), patience),
                properties, T0);
        receipts = driver.createInputTopic("receipts", new ByteArraySerializer(), new ByteArraySerializer());
        accounts = driver.createOutputTopic("sessions", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void take(Receipt receipt) {
        takeAt(receipt, now);
    }

    void takeAt(Receipt receipt, Instant at) {
        receipts.pipeInput(receipt.sourceIp().getBytes(StandardCharsets.UTF_8), ReceiptSerde.write(receipt), at);
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
        return Optional.ofNullable((SyncSession) latest.get(SyncSession.key(sessionId)));
    }

    ProcessedDatabase database(String sessionId, String dbPath) {
        return (ProcessedDatabase) latest.get(ProcessedDatabase.key(sessionId, dbPath));
    }

    Map<String, Account> accounts() {
        return latest;
    }

    private void drain() {
        for (TestRecord<byte[], byte[]> record : accounts.readRecordsToList()) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                latest.remove(key);
            } else {
                latest.put(key, read(record.value()));
            }
        }
    }

    private static Account read(byte[] json) {
        try {
            return AccountSerde.read(json);
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}

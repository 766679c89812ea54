package io.tokensync.monitor.reconciliation.streams;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.kafka.deadletter.DeadLetter;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionSummary;
import io.tokensync.common.session.SessionSummaryCheck;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.testkit.property.JsonMutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Anybody who may write to the topic may write anything: nothing ends the monitor, and honest sessions are as before. */
class HostileReceiptsTest {
    private static final String DB = "/n/Rubix/rubix.db";
    private static final VersionSet TEN = VersionSet.range(100, 110);

    static List<Receipt> receipts() {
        Scan scan = new Scan("hostile", "10.0.0.9", Monitor.T0);
        ScanProblem problem = new ScanProblem("unreadable", DB, "torn");
        return List.of(scan.started(1),
                new Receipt.DatabaseScanned(scan.scope(DB), Monitor.T0, Monitor.T0,
                        new ScanCounts(10, 0, 10, 0, 0, Map.of("token_id_missing", 1L), 0), TEN, true, problem),
                new Receipt.ScanCycleEnded(scan.sessionId, scan.sourceIp, Monitor.T0, 1, 1, 0, 0, List.of(problem)),
                new Receipt.Enriched(scan.scope(DB), new EnrichCounts(9, Map.of("timeout", 1L), 0, Map.of(), 0), TEN,
                        TEN),
                new Receipt.Written(scan.scope(DB), new WriteCounts(9, 0, 0, 0, 0, Map.of("sql_rejected", 1L), 0, 0),
                        TEN),
                new Receipt.Unread("writer", scan.sourceIp, "node", "unreadable_record", TEN),
                new Receipt.DeadLettered("writer", Map.of("unreadable_record", 1L)));
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void whateverAFieldSaysNothingEndsTheMonitor(Receipt receipt) {
        try (Monitor monitor = new Monitor(Timeouts.STANDARD)) {
            for (String json : JsonMutations.of(new String(ReceiptSerde.write(receipt), StandardCharsets.UTF_8))) {
                monitor.takeJson(json.getBytes(StandardCharsets.UTF_8));
            }
            monitor.pass(Duration.ofSeconds(30));
            assertThat(monitor.deadLetters()).isNotEmpty().allMatch(HostileReceiptsTest::isLetter);
            assertThat(monitor.pass(Duration.ofHours(1)).deadLetters()).isEmpty();
            assertThat(monitor.summaries().values())
                    .allMatch(summary -> SessionSummaryCheck.problem(summary).isEmpty());
            honestSessionCompletes(monitor);
        }
    }

    @Test
    void countsThatAddUpToMoreThanThereIsStayPositive() {
        try (Monitor monitor = new Monitor(Timeouts.STANDARD)) {
            Scan scan = new Scan("many", "10.0.0.9", Monitor.T0);
            long most = 1L << 53;
            monitor.take(scan.started(3));
            for (int i = 0; i < 3; i++) {
                monitor.take(new Receipt.DatabaseScanned(scan.scope(DB + i), Monitor.T0, Monitor.T0,
                        new ScanCounts(most, most, most, most, most, Map.of("a", most), most), VersionSet.NONE, true,
                        null));
                monitor.take(new Receipt.DeadLettered("writer", Map.of("a", most)));
            }
            monitor.pass(Duration.ofSeconds(5));
            assertThat(monitor.session("many").orElseThrow().scan().read()).isEqualTo(most);
            assertThat(monitor.summaries().values()).extracting(SessionSummaryCheck::problem)
                    .allMatch(it -> it.isEmpty());
        }
    }

    /** Half a surrogate pair was another key in the store than on the topic, and published for ever. */
    @Test
    void aSessionOfHalfACharacterIsDeadLetteredOnce() {
        try (Monitor monitor = new Monitor(Timeouts.STANDARD)) {
            Receipt receipt = new Receipt.ScanCycleStarted("5c4f7a2e-0000-4000-8000-00000000000\ud800", "10.0.0.9",
                    Monitor.T0, 1, 1);
            monitor.takeJson(ReceiptSerde.write(receipt));
            monitor.pass(Duration.ofMinutes(2));
            assertThat(monitor.deadLetters()).hasSize(1);
            assertThat(monitor.summaries()).isEmpty();
        }
    }

    private static boolean isLetter(TestRecord<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>("dead-letters", 0, 0, record.key(), record.value());
        record.headers().forEach(read.headers()::add);
        DeadLetter deadLetter = DeadLetter.read(read).orElseThrow();
        return deadLetter.stage().equals("monitor") && deadLetter.reason().equals("unreadable_record")
                && deadLetter.origin() instanceof DeadLetter.FromTopic from && from.topic().equals("receipts");
    }

    private static void honestSessionCompletes(Monitor monitor) {
        Instant begin = monitor.now();
        Scan honest = new Scan("honest", "10.0.0.1", begin);
        VersionSet versions = VersionSet.range(1_000, 1_010);
        List.of(honest.started(1), honest.scanned(DB, versions, 10, true), honest.ended(1),
                honest.enriched(DB, versions), honest.written(DB, versions)).forEach(monitor::take);
        monitor.pass(Duration.ofSeconds(5));
        SessionSummary summary = monitor.session("honest").orElseThrow();
        assertThat(summary).hasFieldOrPropertyWithValue("status", SessionStatus.COMPLETED);
    }
}

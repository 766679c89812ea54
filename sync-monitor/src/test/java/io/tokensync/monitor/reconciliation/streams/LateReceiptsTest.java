package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionSummaryCheck;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;
import io.tokensync.common.session.WriteCounts;

import static org.assertj.core.api.Assertions.assertThat;

/** Receipts that come behind the next scan cycle of their agent, and those that wait for the agent's word and come again. */
class LateReceiptsTest {
    private static final String IP = "10.0.0.1";
    private static final String DB = "/n/Rubix/rubix.db";
    private static final VersionSet TEN = VersionSet.range(100, 110);
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final Monitor monitor = new Monitor(Timeouts.STANDARD);

    @AfterEach
    void close() {
        monitor.close();
    }

    /** However soon the next scan cycle begins: before anybody has called the first one interrupted, or after. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30})
    void aDatabaseThatWasReadAgainStaysAsReadWhenRecordsOfTheInterruptedScanArriveLate(int seconds) {
        Scan broken = new Scan("broken", IP, Monitor.T0);
        monitor.take(broken.started(1));
        monitor.take(broken.scanned(DB, TEN, 10, false));
        monitor.pass(Duration.ofSeconds(seconds));
        Scan next = new Scan("next", IP, monitor.now().plusSeconds(1));
        monitor.take(next.started(1));
        monitor.pass(Duration.ofSeconds(seconds));
        monitor.takeAt(next.scanned(DB, VersionSet.NONE, 0, true), monitor.now().plusSeconds(1));
        monitor.take(next.ended(1));
        monitor.pass(A_WHILE);
        assertThat(monitor.latest(IP, DB).status()).as("nothing was left to publish")
                .isEqualTo(SessionStatus.COMPLETED);
        monitor.take(broken.enriched(DB, TEN));
        monitor.take(broken.written(DB, TEN));
        monitor.pass(A_WHILE);
        assertThat(monitor.session("broken").orElseThrow().status()).isEqualTo(SessionStatus.INTERRUPTED);
        assertThat(monitor.session("broken").orElseThrow().inFlight().records()).isZero();
        assertThat(monitor.latest(IP, DB).status()).isEqualTo(SessionStatus.COMPLETED);
    }

    /** Its page says nothing that was not known, so nobody knows when the scanner worked on it. */
    @Test
    void anInterruptedScanThatPublishedNothingDoesNotKeepADatabaseFromBeingShownAsRead() {
        Scan broken = new Scan("broken", IP, Monitor.T0);
        monitor.take(broken.started(1));
        monitor.take(broken.scanned(DB, VersionSet.NONE, 0, false));
        Scan next = new Scan("next", IP, Monitor.T0.plusSeconds(1));
        monitor.take(next.started(1));
        monitor.takeAt(next.scanned(DB, TEN, 10, true), Monitor.T0.plusSeconds(1));
        monitor.take(next.ended(1));
        monitor.take(next.written(DB, TEN));
        monitor.pass(A_WHILE);
        assertThat(monitor.latest(IP, DB).status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(monitor.session("broken").orElseThrow().status()).isEqualTo(SessionStatus.INTERRUPTED);
    }

    @Test
    void recordsThatWaitForTheScannersWordWaitOnceHoweverOftenTheyAreReported() {
        for (int i = 0; i < 50; i++) {
            monitor.take(new Receipt.Unread("writer", IP, "node", "unreadable_record", VersionSet.range(100, 103)));
            monitor.take(new Receipt.Unread("writer", IP, "node", "unreadable_record", VersionSet.range(102, 105)));
        }
        assertThat(monitor.storedBytes()).isLessThan(1_000);
        monitor.pass(Duration.ofDays(8));
        assertThat(monitor.summaries().get("unmatched")).isInstanceOfSatisfying(Unmatched.class,
                lost -> assertThat(lost.deadLetters()).isEqualTo(Map.of("unreadable_record", 5L)));
    }

    @Test
    void whatWaitedIsCountedOnceWhenTheScannerSaysWhoseItIs() {
        Scan scan = new Scan("s1", IP, Monitor.T0);
        for (int i = 0; i < 3; i++) {
            monitor.take(scan.unread("enricher", VersionSet.of(100)));
            monitor.take(scan.unread("writer", VersionSet.range(101, 104)));
        }
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, VersionSet.range(100, 102), 2, false));
        monitor.take(scan.scanned(DB, VersionSet.range(102, 110), 10, true));
        monitor.take(scan.ended(1));
        monitor.take(scan.enriched(DB, VersionSet.range(101, 110)));
        monitor.take(scan.written(DB, VersionSet.range(104, 110)));
        monitor.pass(A_WHILE);
        SyncSession session = monitor.session("s1").orElseThrow();
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED_WITH_ERRORS);
        assertThat(session.enriched().deadLettered()).isEqualTo(1);
        assertThat(session.written().deadLettered()).isEqualTo(3);
        monitor.pass(Duration.ofDays(8));
        assertThat(monitor.summaries()).doesNotContainKey("unmatched");
    }

    /** A code in each receipt, more than a session summary may have: it would be dead-lettered, and the table never know. */
    @Test
    void moreCodesThanASummaryMayHaveAreCountedTogether() {
        Scan scan = new Scan("s1", IP, Monitor.T0);
        int many = 250;
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, VersionSet.range(1, 1 + many), many, true));
        for (int i = 0; i < many; i++) {
            monitor.take(
                    new Receipt.Written(scan.scope(DB), new WriteCounts(0, 0, 0, 0, 0, Map.of("code" + i, 1L), 0, 0),
                            VersionSet.of(1 + i)));
            monitor.take(new Receipt.DeadLettered("writer", Map.of("code" + i, 1L)));
        }
        monitor.take(scan.ended(1));
        monitor.pass(A_WHILE);
        assertThat(monitor.session("s1").orElseThrow().written().deadLettered()).isEqualTo(many);
        assertThat(monitor.summaries().values())
                .allSatisfy(summary -> assertThat(SessionSummaryCheck.problem(summary)).isEmpty());
    }
}

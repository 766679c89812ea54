package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;

import static org.assertj.core.api.Assertions.assertThat;

/** Receipts that come again, or of sessions that are not known: a session that is not kept any longer stays away. */
class ReplayedReceiptsTest {
    private static final String IP = "10.0.0.1";
    private static final String PATH = "/n00/Rubix/rubix.db";
    private static final int KEPT = 5;
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final VersionSet TEN = VersionSet.range(100, 110);

    private final Monitor monitor = new Monitor(
            new Timeouts(Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofDays(7), KEPT));
    private long version = 1_000_000;

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void aReplayFromTheMiddleDoesNotBringASessionBackThatIsNotKept() {
        Map<Receipt, Instant> all = evicted("old");
        for (int from = 1; from < all.size(); from++) {
            replay(all, from);
            assertThat(monitor.session("old")).as("from %d", from).isEmpty();
        }
        monitor.pass(Duration.ofHours(1));
        assertThat(monitor.summaries().get("unmatched")).isInstanceOfSatisfying(Unmatched.class,
                lost -> assertThat(lost.unmatched()).containsEntry("writer", 10L));
        assertThat(monitor.session("old")).isEmpty();
    }

    @Test
    void aReplayFromTheBeginningDoesNotBringASessionBackThatIsNotKeptNorCountItTwice() {
        Map<Receipt, Instant> all = evicted("old");
        AgentSeen before = monitor.agent(IP);
        replay(all, 0);
        monitor.pass(Duration.ofHours(1));
        assertThat(monitor.session("old")).isEmpty();
        assertThat(monitor.agent(IP)).isEqualTo(before);
    }

    @Test
    void aReplayFromTheBeginningLeavesASessionThatIsKeptAsItIs() {
        Map<Receipt, Instant> all = receipts("kept", monitor.now());
        all.keySet().forEach(monitor::take);
        monitor.pass(INTERVAL);
        SyncSession before = monitor.session("kept").orElseThrow();
        replay(all, 2);
        replay(all, 0);
        SyncSession after = monitor.session("kept").orElseThrow();
        assertThat(after.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(after.scan()).isEqualTo(before.scan());
        assertThat(after.written()).isEqualTo(before.written());
        assertThat(after.accountedAt()).isEqualTo(before.accountedAt());
    }

    @Test
    void receiptsOfASessionThatNobodyAnnouncesMakeNone() {
        Scan ghost = new Scan("ghost", IP, monitor.now());
        monitor.take(ghost.written(PATH, TEN));
        monitor.pass(INTERVAL);
        monitor.pass(Duration.ofHours(1));
        assertThat(monitor.summaries().values()).noneMatch(SyncSession.class::isInstance);
        assertThat(monitor.fleet().unmatched()).isEqualTo(Map.of("writer", 10L));
    }

    /** A session of one database, complete, and so many more behind it that it is not kept; with the times of its receipts. */
    private Map<Receipt, Instant> evicted(String id) {
        Map<Receipt, Instant> all = receipts(id, monitor.now());
        all.keySet().forEach(monitor::take);
        monitor.pass(INTERVAL);
        assertThat(monitor.session(id).orElseThrow().status()).isEqualTo(SessionStatus.COMPLETED);
        for (int i = 0; i < KEPT; i++) {
            published(id + i);
            monitor.pass(INTERVAL);
        }
        assertThat(monitor.session(id)).isEmpty();
        return all;
    }

    private static Map<Receipt, Instant> receipts(String id, Instant at) {
        Scan scan = new Scan(id, IP, at);
        Map<Receipt, Instant> receipts = new LinkedHashMap<>();
        receipts.put(scan.started(1), at);
        receipts.put(scan.scanned(PATH, VersionSet.range(100, 105), 5, false), at);
        receipts.put(scan.scanned(PATH, VersionSet.range(105, 110), 10, true), at);
        receipts.put(scan.enriched(PATH, TEN), at);
        receipts.put(scan.ended(1), at);
        receipts.put(scan.written(PATH, TEN), at);
        return receipts;
    }

    private void replay(Map<Receipt, Instant> receipts, int from) {
        receipts.entrySet().stream().skip(from).forEach(entry -> monitor.takeAt(entry.getKey(), entry.getValue()));
        monitor.pass(INTERVAL);
    }

    private void published(String id) {
        Scan scan = new Scan(id, IP, monitor.now());
        VersionSet versions = VersionSet.range(version, version += 10);
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(PATH, versions, 10, true));
        monitor.take(scan.ended(1));
        monitor.take(scan.enriched(PATH, versions));
        monitor.take(scan.written(PATH, versions));
    }
}

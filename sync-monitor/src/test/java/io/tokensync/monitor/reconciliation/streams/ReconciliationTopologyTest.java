package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.AgentSeen;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.SessionTotals;
import io.tokensync.common.session.SyncSession;
import io.tokensync.common.session.Unmatched;
import io.tokensync.common.session.WriteCounts;

import static org.assertj.core.api.Assertions.assertThat;

/** How sessions stand, as receipts come and time passes; without a broker. */
class ReconciliationTopologyTest {
    private static final Duration STALLED = Duration.ofMinutes(10);
    private static final Duration SILENT = Duration.ofMinutes(30);
    private static final Duration A_WHILE = Duration.ofSeconds(10);
    private static final String DB = "/n/Rubix/rubix.db";
    private static final VersionSet TEN = VersionSet.range(100, 110);

    private final Monitor monitor = new Monitor(new Timeouts(STALLED, SILENT, Duration.ofDays(7), 3));
    private final Scan scan = new Scan("s1", "10.0.0.1", Monitor.T0);

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void aSessionIsCompleteWhenEverythingPublishedIsAccountedForAndTheScanCycleIsOver() {
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, TEN, 10, true));
        assertThat(status()).isEqualTo(SessionStatus.RUNNING);
        assertThat(session().inFlight().toEnricher()).isEqualTo(10);
        monitor.take(scan.enriched(DB, TEN));
        assertThat(status()).isEqualTo(SessionStatus.RUNNING);
        assertThat(session().inFlight().toWriter()).isEqualTo(10);
        monitor.take(scan.written(DB, TEN));
        assertThat(status()).as("the scan cycle is not over").isEqualTo(SessionStatus.RUNNING);
        assertThat(monitor.database("s1", DB).status()).isEqualTo(SessionStatus.COMPLETED);
        monitor.take(scan.ended(1));
        assertThat(status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session().accountedAt()).isNotNull();
        assertThat(session().written().inserted()).isEqualTo(10);
    }

    @Test
    void whatWasDeadLetteredIsAccountedForButNotWithoutErrors() {
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, TEN, 10, true));
        monitor.take(
                new Receipt.Enriched(scan.scope(DB), new EnrichCounts(9, Map.of(), 0, Map.of("record_rejected", 1L),
                        0), TEN, VersionSet.of(100)));
        monitor.take(
                new Receipt.Written(scan.scope(DB), new WriteCounts(8, 0, 0, 0, 0, Map.of("sql_rejected", 1L), 0, 0),
                        VersionSet.range(101, 110)));
        monitor.take(scan.ended(1));
        assertThat(status()).isEqualTo(SessionStatus.COMPLETED_WITH_ERRORS);
    }

    @Test
    void aDatabaseThatCouldNotBeReadIsAnErrorAndNoReasonToWait() {
        ScanProblem problem = new ScanProblem("database_corrupt", DB, "malformed");
        monitor.take(scan.started(1));
        monitor.take(new Receipt.DatabaseScanned(scan.scope(DB), scan.startedAt, scan.startedAt, ScanCounts.NONE,
                VersionSet.NONE, true, problem));
        monitor.take(
                new Receipt.ScanCycleEnded(Scan.id("s1"), "10.0.0.1", scan.startedAt, 1, 0, 0, 1, List.of(problem)));
        assertThat(status()).isEqualTo(SessionStatus.COMPLETED_WITH_ERRORS);
        assertThat(session().problems()).containsExactly(problem);
    }

    @Test
    void aSessionWhoseRecordsDoNotMoveIsStalledUntilTheyDo() {
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, TEN, 10, true));
        monitor.take(scan.ended(1));
        monitor.take(scan.enriched(DB, TEN));
        assertThat(status()).isEqualTo(SessionStatus.RUNNING);
        monitor.pass(STALLED);
        assertThat(status()).isEqualTo(SessionStatus.STALLED);
        assertThat(session().inFlight().since()).isEqualTo(Monitor.T0);
        monitor.take(scan.written(DB, VersionSet.range(100, 105)));
        assertThat(status()).isEqualTo(SessionStatus.RUNNING);
        monitor.take(scan.written(DB, VersionSet.range(105, 110)));
        assertThat(status()).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void aScanCycleThatANewerOneFollowsWithoutAnEndWasInterrupted() {
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, TEN, 10, false));
        Scan next = new Scan("s2", "10.0.0.1", Monitor.T0.plusSeconds(60));
        Scan elsewhere = new Scan("s3", "10.0.0.2", Monitor.T0.plusSeconds(60));
        monitor.take(elsewhere.started(1));
        assertThat(status()).isEqualTo(SessionStatus.RUNNING);
        monitor.take(next.started(1));
        assertThat(status()).isEqualTo(SessionStatus.INTERRUPTED);
        monitor.take(scan.enriched(DB, TEN));
        monitor.take(scan.written(DB, TEN));
        assertThat(status()).isEqualTo(SessionStatus.INTERRUPTED);
        assertThat(session().inFlight().records()).isZero();
    }

    @Test
    void whatAnAgentPublishedAndDidNotLiveToSayCountsAsPublished() {
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, TEN, 10, false));
        VersionSet untold = VersionSet.range(200, 203);
        monitor.take(scan.written(DB, TEN.plus(untold)));
        monitor.take(new Scan("s2", "10.0.0.1", Monitor.T0.plusSeconds(60)).started(1));
        assertThat(status()).isEqualTo(SessionStatus.INTERRUPTED);
        assertThat(session().scan().published()).isEqualTo(13).isEqualTo(session().written().written());
        assertThat(session().inFlight().records()).isZero();
        monitor.take(scan.scanned(DB, untold, 13, true));
        assertThat(session().scan().published()).as("the same, now that it has said so").isEqualTo(13);
    }

    @Test
    void anAgentThatIsSilentWasInterruptedUntilItSpeaksAgain() {
        monitor.take(scan.started(1));
        monitor.pass(A_WHILE);
        assertThat(monitor.session("s1")).as("nothing has moved yet").isEmpty();
        monitor.pass(SILENT);
        assertThat(status()).isEqualTo(SessionStatus.INTERRUPTED);
        monitor.take(scan.scanned(DB, TEN, 10, true));
        assertThat(status()).isEqualTo(SessionStatus.RUNNING);
    }

    @Test
    void aMonitorThatCatchesUpDoesNotTakeItsOwnPauseForSilence() {
        Instant before = Monitor.T0.minus(Duration.ofHours(5));
        Scan old = new Scan("s1", "10.0.0.1", before);
        monitor.takeAt(old.started(1), before);
        monitor.takeAt(old.scanned(DB, TEN, 10, true), before.plusSeconds(1));
        monitor.pass(Duration.ofSeconds(1));
        assertThat(session().status()).isEqualTo(SessionStatus.RUNNING);
        monitor.takeAt(old.enriched(DB, TEN), before.plusSeconds(2));
        monitor.takeAt(old.written(DB, TEN), before.plusSeconds(2));
        monitor.takeAt(old.ended(1), before.plusSeconds(3));
        monitor.pass(Duration.ofSeconds(1));
        assertThat(session().status()).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void aReplayOfAnyRangeChangesNoCountAndNoVerdict() {
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, TEN, 10, true));
        monitor.take(scan.enriched(DB, TEN));
        monitor.take(scan.written(DB, VersionSet.range(100, 105)));
        monitor.take(scan.writtenAgain(DB, VersionSet.range(102, 105)));
        // Cut differently: three that were written and five that were not.
        monitor.take(new Receipt.Written(scan.scope(DB), new WriteCounts(5, 0, 3, 0, 0, Map.of(), 0, 0),
                VersionSet.range(102, 110)));
        monitor.take(scan.ended(1));
        monitor.take(scan.writtenAgain(DB, TEN));
        monitor.take(scan.enriched(DB, TEN));
        assertThat(status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session().written()).isEqualTo(new WriteCounts(10, 0, 0, 0, 0, Map.of(), 0, 0));
        assertThat(session().enriched().rows()).isEqualTo(10);
    }

    @Test
    void lateContentIsNoRow() {
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, TEN, 10, true));
        monitor.take(scan.enriched(DB, TEN));
        monitor.take(scan.written(DB, TEN));
        monitor.take(scan.ended(1));
        monitor.take(new Receipt.Written(scan.scope(DB), new WriteCounts(0, 0, 0, 0, 0, Map.of(), 4, 0),
                VersionSet.NONE));
        assertThat(status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session().written().contentUpdates()).isEqualTo(4);
        assertThat(session().written().rows()).isEqualTo(10);
    }

    @Test
    void aScanCycleThatFindsNothingNewIsHeardOfAndNotKept() {
        monitor.take(scan.started(0));
        monitor.take(new Receipt.ScanCycleEnded(Scan.id("s1"), "10.0.0.1", Monitor.T0, 4, 0, 4, 0, List.of()));
        monitor.pass(A_WHILE);
        assertThat(monitor.session("s1")).isEmpty();
        assertThat(monitor.summaries().values()).singleElement().isEqualTo(
                new AgentSeen("10.0.0.1", Monitor.T0, Monitor.T0, 4, List.of(), SessionTotals.NONE));
    }

    @Test
    void whatNobodyCanTellASessionOfIsCountedApart() {
        monitor.take(new Receipt.DeadLettered("writer", Map.of("unreadable_record", 2L)));
        monitor.take(new Receipt.DeadLettered("enricher", Map.of("unreadable_record", 1L)));
        monitor.takeGarbage();
        monitor.pass(A_WHILE);
        assertThat(monitor.summaries().values()).singleElement()
                .isEqualTo(new Unmatched(Map.of("unreadable_record", 3L), Map.of(), Monitor.T0));
    }

    /** Key and header still tell which they are: the session has an end, and it is not a clean one. */
    @Test
    void recordsThatNobodyCouldReadAreAccountedForInTheirSession() {
        monitor.take(scan.started(1));
        monitor.take(unread("enricher", 100));
        monitor.take(scan.scanned(DB, TEN, 10, true));
        monitor.take(scan.enriched(DB, VersionSet.range(101, 110)));
        monitor.take(scan.written(DB, VersionSet.range(102, 110)));
        monitor.take(scan.ended(1));
        assertThat(status()).isEqualTo(SessionStatus.RUNNING);
        monitor.take(unread("writer", 101));
        monitor.take(unread("writer", 101));
        assertThat(status()).isEqualTo(SessionStatus.COMPLETED_WITH_ERRORS);
        assertThat(session().enriched().deadLetters()).isEqualTo(Map.of("unreadable_record", 1L));
        assertThat(session().written().deadLetters()).isEqualTo(Map.of("unreadable_record", 1L));
        assertThat(session().written().rows() + session().enriched().deadLettered()).isEqualTo(10);
        assertThat(monitor.summaries()).doesNotContainKey("unmatched");
    }

    @Test
    void anUnreadRecordIsNotTakenForThatOfAnotherNodeAndInTheEndBelongsToNobody() {
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(DB, TEN, 10, true));
        monitor.take(new Receipt.Unread("writer", "10.0.0.1", "other", "unreadable_record", VersionSet.of(100)));
        monitor.pass(A_WHILE);
        assertThat(session().inFlight().records()).isEqualTo(10);
        monitor.pass(Duration.ofDays(8));
        assertThat(monitor.summaries().get("unmatched")).isInstanceOfSatisfying(Unmatched.class,
                lost -> assertThat(lost.deadLetters()).isEqualTo(Map.of("unreadable_record", 1L)));
    }

    private static Receipt unread(String stage, long version) {
        return new Receipt.Unread(stage, "10.0.0.1", "node", "unreadable_record", VersionSet.of(version));
    }

    @Test
    void onlyTheLatestSessionsOfAnAgentAreKeptAndThoseNotForEver() {
        for (int i = 0; i < 5; i++) {
            Scan cycle = new Scan("s" + i, "10.0.0.1", Monitor.T0.plusSeconds(i));
            monitor.take(cycle.started(1));
            monitor.take(cycle.scanned(DB, TEN, 10, true));
            monitor.take(cycle.written(DB, TEN));
            monitor.take(cycle.ended(1));
        }
        monitor.pass(A_WHILE);
        assertThat(monitor.session("s1")).isEmpty();
        assertThat(monitor.session("s2")).isPresent();
        assertThat(monitor.database("s0", DB)).isNull();
        monitor.pass(Duration.ofDays(8));
        assertThat(monitor.session("s4")).isEmpty();
    }

    private SessionStatus status() {
        monitor.pass(A_WHILE);
        return session().status();
    }

    private SyncSession session() {
        return monitor.session("s1").orElseThrow();
    }
}

package io.tokensync.monitor.reconciliation.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.session.SyncSession;
import io.tokensync.monitor.view.FleetView;
import io.tokensync.monitor.view.NodeView;

import static org.assertj.core.api.Assertions.assertThat;

/** What is known of agents and databases when the sessions that notified of it are not kept any longer. */
class FleetMemoryTest {
    private static final String IP = "10.0.0.1";
    private static final int KEPT = 5;
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final VersionSet TEN = VersionSet.range(100, 110);

    private final Monitor monitor = new Monitor(
            new Timeouts(Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofDays(7), KEPT));
    private long version = 1_000_000;
    private int cycles;

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void theWholeFleetIsKnownAfterManyScanCycleesInWhichOneDatabaseChangesAndThreeCannotBeRead() {
        firstCycle();
        for (int i = 0; i < 300; i++) {
            cycle(i % 2 == 0);
        }
        FleetView fleet = monitor.fleet();
        assertThat(fleet.nodes()).hasSize(15);
        assertThat(fleet.nodes().stream().mapToLong(NodeView::rows).sum()).isEqualTo(12 * 1_000);
        assertThat(fleet.nodes().stream().filter(node -> node.problem() != null)).hasSize(3);
        assertThat(fleet.problems()).hasSize(3).allSatisfy(problem -> {
            assertThat(problem.since()).isEqualTo(Monitor.T0);
            assertThat(problem.lastSeen()).isAfter(Monitor.T0.plus(INTERVAL.multipliedBy(299)));
        });
        assertThat(sessions()).hasSizeLessThanOrEqualTo(KEPT + 1);
        assertThat(fleet.totals().sessions()).isEqualTo(151);
        assertThat(fleet.totals().written().inserted()).isEqualTo(12 * 1_000 + 150 * 10);
    }

    @Test
    void aScanCycleMakesASessionWhenTheSetOfProblemsChangesAndNotWhenOnlyTheirWordsDo() {
        take(problem("first words"));
        assertThat(sessions()).hasSize(1);
        take(problem("other words"));
        assertThat(sessions()).hasSize(1);
        assertThat(monitor.agent(IP).problems()).containsExactly(new StandingProblem("database_corrupt", path(1),
                "other words", Monitor.T0, Monitor.T0.plus(INTERVAL)));
        take(List.of());
        assertThat(sessions()).hasSize(2);
        assertThat(monitor.agent(IP).problems()).isEmpty();
        take(List.of());
        assertThat(sessions()).hasSize(2);
    }

    @Test
    void manySessionsWithoutRowsDoNotPushOutThoseThatPublished() {
        Scan published = published("published");
        monitor.pass(INTERVAL);
        for (int i = 0; i < 3 * KEPT; i++) {
            take(i % 2 == 0 ? problem("x") : List.of());
        }
        assertThat(monitor.session(published.sessionId)).isPresent();
        assertThat(sessions()).hasSize(1 + KEPT);
    }

    @Test
    void aSessionThatIsNotAtItsEndIsKeptHoweverManyFollow() {
        Scan open = new Scan("open", IP, monitor.now());
        monitor.take(open.started(1));
        monitor.take(open.scanned(path(0), TEN, 10, true));
        monitor.take(open.ended(1));
        monitor.pass(INTERVAL);
        for (int i = 0; i < 3 * KEPT; i++) {
            published("later" + i);
            monitor.pass(INTERVAL);
        }
        monitor.pass(Duration.ofDays(8));
        monitor.take(open.enriched(path(0), TEN));
        monitor.take(open.written(path(0), TEN));
        monitor.pass(Duration.ofSeconds(1));
        SyncSession session = monitor.session("open").orElseThrow();
        assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(session.startedAt()).isEqualTo(Monitor.T0);
        assertThat(session.scan().published()).isEqualTo(10);
    }

    @Test
    void anAgentWhoseClockIsADayBackHasSessionsThatComeToTheirEnd() {
        for (int i = 0; i < KEPT; i++) {
            published("before" + i);
            monitor.pass(INTERVAL);
        }
        Scan broken = new Scan("broken", IP, monitor.now());
        monitor.take(broken.started(1));
        monitor.take(broken.scanned(path(0), TEN, 10, false));
        monitor.pass(INTERVAL);
        Scan back = new Scan("back", IP, monitor.now().minus(Duration.ofDays(1)));
        monitor.take(back.started(1));
        monitor.take(back.scanned(path(0), VersionSet.range(200, 210), 10, true));
        monitor.pass(INTERVAL);
        assertThat(monitor.session("broken").orElseThrow().status()).isEqualTo(SessionStatus.INTERRUPTED);
        monitor.take(back.ended(1));
        monitor.take(back.written(path(0), VersionSet.range(200, 210)));
        monitor.pass(INTERVAL);
        assertThat(monitor.session("back").orElseThrow().status()).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void anInterruptedSessionHasAnEndWhenNothingOfItIsOnItsWay() {
        Scan broken = new Scan("broken", IP, monitor.now());
        monitor.take(broken.started(1));
        monitor.take(broken.scanned(path(0), TEN, 10, false));
        monitor.pass(INTERVAL);
        Instant next = monitor.now();
        monitor.take(new Scan("next", IP, next).started(1));
        monitor.pass(INTERVAL);
        assertThat(monitor.session("broken").orElseThrow().accountedAt()).isNull();
        Instant written = monitor.now();
        monitor.take(broken.written(path(0), TEN));
        monitor.pass(INTERVAL);
        SyncSession session = monitor.session("broken").orElseThrow();
        assertThat(session.status()).isEqualTo(SessionStatus.INTERRUPTED);
        assertThat(session.accountedAt()).isEqualTo(written);
    }

    @Test
    void aDatabaseThatIsGoneForGoodIsNotShownAnyLonger() {
        published("first");
        monitor.pass(INTERVAL);
        assertThat(monitor.fleet().nodes()).hasSize(1);
        Scan last = new Scan("last", IP, monitor.now());
        monitor.take(last.started(0));
        monitor.take(new Receipt.DatabaseScanned(last.scope(path(0)), last.startedAt, last.startedAt,
                new ScanCounts(0, 0, 0, 10, 0, Map.of(), 0), VersionSet.range(300, 310), true, null));
        monitor.take(new Receipt.DatabaseGone(last.scope(path(0))));
        monitor.take(last.ended(0));
        monitor.take(last.enriched(path(0), VersionSet.range(300, 310)));
        monitor.take(last.written(path(0), VersionSet.range(300, 310)));
        monitor.pass(INTERVAL);
        assertThat(monitor.session("last").orElseThrow().status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(monitor.fleet().nodes()).isEmpty();
        assertThat(monitor.latest(IP, path(0))).isNull();
    }

    private Scan published(String id) {
        Scan scan = new Scan(id, IP, monitor.now());
        VersionSet versions = VersionSet.range(version, version += 10);
        monitor.take(scan.started(1));
        monitor.take(scan.scanned(path(0), versions, 10, true));
        monitor.take(scan.ended(1));
        monitor.take(scan.enriched(path(0), versions));
        monitor.take(scan.written(path(0), versions));
        return scan;
    }

    private List<SyncSession> sessions() {
        return monitor.summaries().values().stream().filter(SyncSession.class::isInstance).map(SyncSession.class::cast)
                .toList();
    }

    private static List<ScanProblem> problem(String words) {
        return List.of(new ScanProblem("database_corrupt", path(1), words));
    }

    /** A scan cycle in which nothing moves. */
    private void take(List<ScanProblem> problems) {
        String id = Scan.id("cycle" + cycles++);
        Instant now = monitor.now();
        monitor.take(new Receipt.ScanCycleStarted(id, IP, now, 2, problems.size()));
        monitor.take(new Receipt.ScanCycleEnded(id, IP, now, 2, 0, 2 - problems.size(), problems.size(), problems));
        monitor.pass(INTERVAL);
    }

    private void firstCycle() {
        Scan scan = new Scan("first", IP, monitor.now());
        monitor.take(new Receipt.ScanCycleStarted(scan.sessionId, IP, monitor.now(), 15, 15));
        for (int i = 0; i < 12; i++) {
            VersionSet versions = VersionSet.range(version, version += 1_000);
            monitor.take(scan.scanned(path(i), versions, 1_000, true));
            monitor.take(scan.enriched(path(i), versions));
            monitor.take(scan.written(path(i), versions));
        }
        monitor.take(new Receipt.ScanCycleEnded(scan.sessionId, IP, monitor.now(), 15, 12, 0, 3, broken(scan)));
        monitor.pass(INTERVAL);
    }

    private void cycle(boolean changes) {
        Scan scan = new Scan("more" + cycles++, IP, monitor.now());
        monitor.take(new Receipt.ScanCycleStarted(scan.sessionId, IP, monitor.now(), 15, 4));
        if (changes) {
            VersionSet versions = VersionSet.range(version, version += 10);
            monitor.take(new Receipt.DatabaseScanned(scan.scope(path(0)), scan.startedAt, scan.startedAt,
                    new ScanCounts(1_000, 990, 10, 0, 0, Map.of(), 0), versions, true, null));
            monitor.take(scan.enriched(path(0), versions));
            monitor.take(scan.written(path(0), versions));
        }
        monitor.take(
                new Receipt.ScanCycleEnded(scan.sessionId, IP, monitor.now(), 15, changes ? 1 : 0, changes ? 11 : 12,
                        3, broken(scan)));
        monitor.pass(INTERVAL);
    }

    /** Tells of three databases that cannot be read. */
    private List<ScanProblem> broken(Scan scan) {
        List<ScanProblem> problems = new ArrayList<>();
        IntStream.range(12, 15).forEach(i -> {
            ScanProblem problem = new ScanProblem("database_corrupt", path(i), "malformed");
            problems.add(problem);
            monitor.take(new Receipt.DatabaseScanned(scan.scope(path(i)), scan.startedAt, scan.startedAt,
                    ScanCounts.NONE, VersionSet.NONE, true, problem));
        });
        return problems;
    }

    private static String path(int i) {
        return "/n%02d/Rubix/rubix.db".formatted(i);
    }
}

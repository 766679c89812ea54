package io.tokensync.monitor.alert;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tokensync.common.config.Secret;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.session.SessionStatus;
import io.tokensync.common.session.StandingProblem;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.audit.AuditAnswers;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Unanswered;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.view.ScriptedViews;
import io.tokensync.testkit.time.HandClock;

import static org.assertj.core.api.Assertions.assertThat;

/** Each kind of message, received for real; and a receiver that does not answer. */
class AlertKindsTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration PAUSED_AFTER = Duration.ofMinutes(5);
    private static final Duration PROGRESS = Duration.ofMinutes(10);
    private static final long LARGE = 1_000;

    private final HandClock clock = new HandClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final ScriptedViews views = new ScriptedViews(clock);
    private final AlertReceiver receiver = new AlertReceiver();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final Sleeper briefly = duration -> {
        waits.add(duration);
        Sleeper.system().sleep(Duration.ofMillis(2));
    };
    private volatile List<StageInstance> instances = List.of();
    private volatile AuditView audit = AuditView.OFF;
    private volatile Map<NodeName, Map<String, Object>> verifications = Map.of();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void aLargeSessionIsToldOfWhenItHasBegunWhenItStallsAndWhenItIsComplete() {
        try (AlertService _ = begin()) {
            views.put("small", SessionStatus.RUNNING, LARGE - 1, 1);
            views.put("s1", SessionStatus.RUNNING, LARGE, 10);
            awaitMessage("session of 10.20.0.11 has begun");
            views.put("s1", SessionStatus.STALLED, LARGE, 10);
            awaitMessage("session s1 of 10.20.0.11 is stalled");
            views.put("small", SessionStatus.COMPLETED, LARGE - 1, 0);
            views.put("s1", SessionStatus.COMPLETED, LARGE, 0);
            awaitMessage("session of 10.20.0.11 is complete");
            assertThat(receiver.texts()).as("once each, the small one not at all").hasSize(4);
            views.put("s2", SessionStatus.INTERRUPTED, 1, 0);
            awaitMessage("session s2 of 10.20.0.11 was interrupted");
        }
    }

    @Test
    void whatStandsInTheWayIsToldOnceForAMachineAndAgainWhenItHasDoubled() {
        try (AlertService _ = begin()) {
            views.problems("10.20.0.11", List.of(problem(1), problem(2), problem(3)));
            awaitMessage("10.20.0.11: 3 problems stand");
            awaitMessage("/n2/Rubix/rubix.db: malformed");
            awaitLooks(20);
            assertThat(receiver.texts()).hasSize(2);
            views.problems("10.20.0.11", List.of(problem(1), problem(2), problem(3), problem(4)));
            awaitMessage("10.20.0.11: 4 problems stand");
        }
    }

    private StandingProblem problem(int node) {
        return new StandingProblem("database_corrupt", "/n" + node + "/Rubix/rubix.db", "malformed", clock.instant(),
                clock.instant());
    }

    @Test
    void nodesThatDifferTwiceAreToldOfTogetherAndThoseThatDifferOnceAreNot() {
        try (AlertService _ = begin()) {
            verifications = Map.of(node("n1"), verified("differs", "equal"), node("n2"), verified("equal", "differs"),
                    node("n3"), new HashMap<>(Map.of("outcome", "differs")));
            awaitLooks(20);
            assertThat(receiver.texts()).as("the repair of a first difference is on its way").hasSize(1);
            verifications = Map.of(node("n2"), verified("differs", "differs"), node("n1"),
                    verified("differs", "differs"), node("n4"), verified("equal", "equal"));
            awaitMessage("nodes that differ from the table twice in a row: 2\n10.20.0.11/n1\n10.20.0.11/n2");
            verifications = Map.of(node("n1"), verified("contested", "equal"));
            awaitMessage("nodes that are claimed by two agents in turns, and nothing of them is repaired: 1");
            awaitLooks(20);
            assertThat(receiver.texts()).hasSize(3);
        }
    }

    private static NodeName node(String name) {
        return new NodeName("10.20.0.11", name);
    }

    private static Map<String, Object> verified(String outcome, String before) {
        return Map.of("outcome", outcome, "previous_outcome", before);
    }

    @Test
    void progressIsToldAtMostOnceInItsTime() {
        try (AlertService _ = begin()) {
            views.put("s1", SessionStatus.RUNNING, 10 * LARGE, 2 * LARGE);
            awaitMessage("has begun");
            clock.advance(PROGRESS);
            awaitMessage("in flight: 2000 records to the enricher, 0 to the writer");
            awaitMessage("writer: 4711 rows/s");
            awaitLooks(20);
            assertThat(receiver.texts()).filteredOn(text -> text.contains("in flight:")).hasSize(1);
            clock.advance(PROGRESS);
            Awaitility.await().atMost(BOUND).until(() -> receiver.texts().stream()
                    .filter(text -> text.contains("in flight:")).count() == 2);
        }
    }

    @Test
    void aStageThatIsPausedIsToldOfWhenThatLastsAndWhenItIsOver() {
        try (AlertService _ = begin()) {
            instances = List.of(new StageInstance("writer", "writer-1:9405", "WAITING", clock.instant(), "ENVIRONMENT",
                    "SQL error 40544"));
            awaitLooks(20);
            assertThat(receiver.texts()).hasSize(1);
            clock.advance(PAUSED_AFTER);
            awaitMessage("writer writer-1:9405 waits, for 5 min");
            instances = List.of();
            awaitMessage("over: writer writer-1:9405 waits");
        }
    }

    @Test
    void deadLettersAreToldOfWithTheirCausesAndAgainWhenTheyHaveDoubled() {
        try (AlertService _ = begin()) {
            views.deadLetter(Map.of("token_id_missing", 4L));
            awaitMessage("4 rows or records were dead-lettered");
            awaitMessage("token_id_missing: 4");
            views.deadLetter(Map.of("token_id_missing", 7L));
            awaitLooks(20);
            assertThat(receiver.texts()).hasSize(2);
            views.deadLetter(Map.of("token_id_missing", 8L));
            awaitMessage("8 rows or records were dead-lettered");
        }
    }

    @Test
    void findingsAreToldOfWithTheirExplanation() {
        try (AlertService _ = begin()) {
            audit = new AuditView(AuditView.State.DONE, clock.instant(), Duration.ofSeconds(1), null,
                    List.of(new Finding(FindingKind.FREE_ON_SEVERAL_NODES, 3, List.of(), List.of()),
                            new Finding(FindingKind.CONTENT_MISMATCH, 0, List.of(), List.of())));
            awaitMessage("audit: Free on several nodes, 3 rows");
            awaitMessage(FindingKind.FREE_ON_SEVERAL_NODES.explanation());
            assertThat(receiver.texts()).hasSize(2);
        }
    }

    @Test
    void aFindingIsNotToldAnewBecauseOneAuditHadNoAnswerForIt() {
        AuditAnswers found = new AuditAnswers(
                List.of(new Finding(FindingKind.FREE_ON_SEVERAL_NODES, 3, List.of(), List.of())));
        AuditAnswers missing = new AuditAnswers(
                List.of(new Unanswered(FindingKind.FREE_ON_SEVERAL_NODES, "it took too long")));
        try (AlertService _ = begin()) {
            audit = audit.after(found, clock.instant(), Duration.ofSeconds(1));
            awaitMessage("audit: Free on several nodes, 3 rows");
            audit = audit.after(missing, clock.instant(), Duration.ofSeconds(1));
            awaitLooks(20);
            audit = audit.after(found, clock.instant(), Duration.ofSeconds(1));
            awaitLooks(20);
            assertThat(receiver.texts()).as("the beginning and the finding").hasSize(2);
        }
    }

    @Test
    void aMessageBeyondTelegramsLimitComesInPartsAndNothingOfItIsLost() {
        String cause = "a line of a long cause\n".repeat(500);
        instances = List.of(
                new StageInstance("writer", "writer-1:9405", "WAITING", clock.instant(), "ENVIRONMENT", ""));
        try (AlertService _ = begin()) {
            instances = List.of(
                    new StageInstance("writer", "writer-2:9405", "WAITING", Instant.EPOCH, "ENVIRONMENT", cause));
            Awaitility.await().atMost(BOUND).until(
                    () -> receiver.texts().stream().filter(text -> text.contains("long cause")).count() == 3);
        }
        List<String> parts = receiver.texts().stream().filter(text -> text.contains("long cause")).toList();
        assertThat(parts).allMatch(part -> part.length() <= Telegram.LONGEST);
        assertThat(String.join("\n", parts)).contains(cause.strip());
    }

    @Test
    void messagesToOneChannelKeepTheirDistance() {
        try (AlertService _ = begin()) {
            views.deadLetter(Map.of("token_id_missing", 4L));
            awaitMessage("4 rows or records");
            Awaitility.await().atMost(BOUND)
                    .until(() -> waits.stream().filter(Duration.ofSeconds(3)::equals).count() >= 2);
        }
    }

    @Test
    void aReceiverThatIsSilentOrGoneHoldsUpNothing() {
        receiver.hold();
        try (AlertService _ = start()) {
            Awaitility.await().atMost(BOUND).until(receiver::isAsked);
            awaitLooks(50);
        }
        receiver.close();
        try (AlertService _ = start()) {
            awaitLooks(50);
            views.deadLetter(Map.of("token_id_missing", 4L));
            awaitLooks(50);
        }
        assertThat(receiver.texts()).hasSizeLessThanOrEqualTo(1);
    }

    private AlertService begin() {
        AlertService service = start();
        awaitMessage("the monitor watches");
        return service;
    }

    private AlertService start() {
        AlertSettings settings = new AlertSettings("test", Optional.empty(),
                Optional.of(new AlertSettings.Bot(URI.create(receiver.address()), Secret.of("1:token"), "-100")),
                PAUSED_AFTER, PROGRESS, LARGE);
        return AlertService.start(settings,
                new AlertSources(views, () -> instances, () -> audit, () -> verifications), () -> true,
                new Metrics(new SimpleMeterRegistry()), clock, briefly);
    }

    private void awaitMessage(String text) {
        Awaitility.await(text).atMost(BOUND)
                .until(() -> receiver.texts().stream().anyMatch(message -> message.contains(text)));
    }

    /** Somebody has looked so often since now. */
    private void awaitLooks(int count) {
        long enough = views.looks() + count;
        Awaitility.await().atMost(BOUND).until(() -> views.looks() >= enough);
    }
}

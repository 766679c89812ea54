package io.tokensync.monitor.probe;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.runtime.AdminServer;
import io.tokensync.common.runtime.AdminSettings;
import io.tokensync.common.runtime.StageStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StageProbeTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @Test
    void aStageThatWaitsSaysSinceWhenAndForWhat() throws Exception {
        StageStatus status = new StageStatus(clock);
        status.waiting(FailureKind.ENVIRONMENT, "SQL error 40544");
        try (AdminServer admin = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0),
                new AdminServer.Source(status, () -> true, () -> "", Map::of));
                StageProbe probe = new StageProbe(
                        Map.of("writer", List.of(URI.create("http://127.0.0.1:" + admin.port()))), clock)) {
            probe.look();
            assertThat(probe.get()).containsExactly(new StageInstance("writer", "127.0.0.1:" + admin.port(), "WAITING",
                    clock.instant(), "ENVIRONMENT", "SQL error 40544"));
            assertThat(probe.get().getFirst().isPaused()).isTrue();
        }
    }

    @Test
    void aStageThatDoesNotAnswerIsUnreachableSinceTheFirstTime() throws Exception {
        int port;
        try (AdminServer admin = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0),
                new AdminServer.Source(new StageStatus(clock), () -> true, () -> "", Map::of))) {
            port = admin.port();
        }
        try (StageProbe probe = new StageProbe(Map.of("enricher", List.of(URI.create("http://127.0.0.1:" + port))),
                clock)) {
            probe.look();
            probe.look();
            assertThat(probe.get()).singleElement().satisfies(instance -> {
                assertThat(instance.state()).isEqualTo(StageInstance.UNREACHABLE);
                assertThat(instance.since()).isEqualTo(clock.instant());
            });
        }
    }

    @Test
    void aStageWhoseHeadHasNoEndKeepsNoConnection() throws Exception {
        try (EndlessHead endless = EndlessHead.start();
                StageProbe probe = new StageProbe(Map.of("writer", List.of(endless.address())), clock)) {
            for (int look = 0; look < 5; look++) {
                probe.look();
                assertThat(probe.get()).singleElement().extracting(StageInstance::state)
                        .isEqualTo(StageInstance.UNREACHABLE);
            }
            assertThat(endless.accepted()).isEqualTo(5);
            await().untilAsserted(() -> assertThat(endless.open()).isZero());
        }
    }

    @Test
    void anAgentThatHasMadeItsSingleScanCycleIsStoppedAndNotUnreachable() throws Exception {
        StageStatus status = new StageStatus(clock);
        status.running();
        AdminServer admin = AdminServer.start(new AdminSettings(true, "127.0.0.1", 0),
                new AdminServer.Source(status, () -> true, () -> "", () -> Map.of("once", true)));
        try (StageProbe probe = new StageProbe(
                Map.of("scanner", List.of(URI.create("http://127.0.0.1:" + admin.port()))), clock)) {
            probe.look();
            assertThat(probe.get()).extracting(StageInstance::state).containsExactly("RUNNING");
            admin.close();
            probe.look();
            assertThat(probe.get()).extracting(StageInstance::state).containsExactly(StageInstance.STOPPED);
        }
    }
}

package io.tokensync.common.runtime;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.runtime.StageStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

class StageStatusTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final StageStatus status = new StageStatus(clock);

    @Test
    void startsAsStarting() {
        assertThat(status.snapshot()).isEqualTo(new StageStatus.Snapshot(State.STARTING, START, null, null));
    }

    @Test
    void aWaitCountsFromItsFirstFailureThoughTheCauseChanges() {
        status.waiting(FailureKind.TRANSIENT, "connection lost");
        now = now.plusSeconds(60);
        status.waiting(FailureKind.ENVIRONMENT, "login failed");
        assertThat(status.snapshot())
                .isEqualTo(new StageStatus.Snapshot(State.WAITING, START, FailureKind.ENVIRONMENT, "login failed"));
    }

    @Test
    void goingOnForgetsTheCause() {
        status.waiting(FailureKind.TRANSIENT, "connection lost");
        now = now.plusSeconds(5);
        status.running();
        assertThat(status.snapshot()).isEqualTo(new StageStatus.Snapshot(State.RUNNING, now, null, null));
    }

    @Test
    void aFailureKeepsItsCause() {
        status.failed("bug");
        assertThat(status.snapshot().state()).isEqualTo(State.FAILED);
        assertThat(status.snapshot().cause()).isEqualTo("bug");
    }
}

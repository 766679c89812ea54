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
    void aPartThatWaitsIsNotHiddenByOneThatRuns() {
        StageStatus one = status.part();
        StageStatus other = status.part();
        one.waiting(FailureKind.TRANSIENT, "connection lost");
        now = now.plusSeconds(5);
        other.running();
        assertThat(status.snapshot())
                .isEqualTo(new StageStatus.Snapshot(State.WAITING, START, FailureKind.TRANSIENT, "connection lost"));
        assertThat(one.isWaiting()).isTrue();
        assertThat(other.isWaiting()).isFalse();
        assertThat(status.isWaiting()).as("the whole itself").isFalse();
        one.running();
        assertThat(status.snapshot().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aPartThatFailsIsSaidBeforeOneThatWaits() {
        StageStatus one = status.part();
        one.waiting(FailureKind.TRANSIENT, "connection lost");
        status.part().failed("bug");
        assertThat(status.snapshot().cause()).isEqualTo("bug");
    }

    @Test
    void theWholeRunsWhileOnePartDoesAndHasStoppedWhenAllHave() {
        StageStatus one = status.part();
        StageStatus other = status.part();
        assertThat(status.snapshot().state()).isEqualTo(State.STARTING);
        one.stopped();
        other.running();
        assertThat(status.snapshot().state()).isEqualTo(State.RUNNING);
        other.stopped();
        assertThat(status.snapshot().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void aWholeOfWhichOnePartHasDoneItsWorkAndAnotherIsStartingIsStarting() {
        status.part().stopped();
        var _ = status.part();
        assertThat(status.snapshot().state()).isEqualTo(State.STARTING);
    }

    @Test
    void whatHasStoppedDoesNotWaitAnyMore() {
        StageStatus loop = status.part();
        loop.part().waiting(FailureKind.TRANSIENT, "no broker");
        loop.stopped();
        assertThat(status.snapshot().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void aFailureKeepsItsCause() {
        status.failed("bug");
        assertThat(status.snapshot().state()).isEqualTo(State.FAILED);
        assertThat(status.snapshot().cause()).isEqualTo("bug");
    }
}

package io.tokensync.common.runtime;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.tokensync.common.failure.FailureKind;

/** What a stage is doing now, written by its workers and read by health checks, progress lines and log. Thread-safe. */
public final class StageStatus {
    private final Clock clock;
    private final AtomicReference<Snapshot> current;

    /** One reading: working, or waiting for what and since when. */
    public record Snapshot(State state, Instant since, FailureKind kind, String cause) {
        public Snapshot {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(since, "since");
        }
    }

    /** The states of a stage. */
    public enum State {
        STARTING,
        RUNNING,
        WAITING,
        STOPPED,
        FAILED
    }

    public StageStatus(Clock clock) {
        this.clock = clock;
        this.current = new AtomicReference<>(new Snapshot(State.STARTING, clock.instant(), null, null));
    }

    /** The stage makes progress. */
    public void running() {
        move(State.RUNNING, null, null);
    }

    /** The stage cannot make progress, and tries again. */
    public void waiting(FailureKind kind, String cause) {
        move(State.WAITING, kind, cause);
    }

    /** The stage has ended in order. */
    public void stopped() {
        move(State.STOPPED, null, null);
    }

    /** The stage has ended because of this. */
    public void failed(String cause) {
        move(State.FAILED, FailureKind.FATAL, cause);
    }

    public Snapshot snapshot() {
        return current.get();
    }

    private void move(State state, FailureKind kind, String cause) {
        current.updateAndGet(now -> {
            Instant since = now.state() == state ? now.since() : clock.instant();
            return new Snapshot(state, since, kind, cause);
        });
    }
}

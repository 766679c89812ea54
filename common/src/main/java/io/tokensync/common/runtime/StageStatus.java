package io.tokensync.common.runtime;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.tokensync.common.failure.FailureKind;

/**
 * What a stage is doing now, written by its workers and read by health checks, progress lines and log. Workers that run
 * beside each other each have a part of their own, so that none hides what another waits for. Thread-safe.
 */
public final class StageStatus {
    /** What is said of the whole when its parts differ. */
    private static final List<State> LOUDEST_FIRST = List.of(State.FAILED, State.WAITING, State.RUNNING, State.STOPPED,
            State.STARTING);

    private final Clock clock;
    private final AtomicReference<Snapshot> current;
    private final List<StageStatus> parts = new CopyOnWriteArrayList<>();

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

    /** A part for one worker, shown with the whole; it may have parts itself. */
    public StageStatus part() {
        StageStatus part = new StageStatus(clock);
        parts.add(part);
        return part;
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

    /** Whether this worker itself waits, whatever its parts do. */
    public boolean isWaiting() {
        return current.get().state() == State.WAITING;
    }

    /**
     * The whole: failed or waiting as soon as one part is, the first of them telling why. Once the whole itself has ended,
     * its parts have no more say.
     */
    public Snapshot snapshot() {
        Snapshot own = current.get();
        if (own.state() == State.STOPPED || own.state() == State.FAILED) {
            return own;
        }
        return Stream.concat(Stream.of(own), parts.stream().map(StageStatus::snapshot))
                .min(Comparator.comparingInt(now -> LOUDEST_FIRST.indexOf(now.state()))).orElse(own);
    }

    private void move(State state, FailureKind kind, String cause) {
        current.updateAndGet(now -> {
            Instant since = now.state() == state ? now.since() : clock.instant();
            return new Snapshot(state, since, kind, cause);
        });
    }
}

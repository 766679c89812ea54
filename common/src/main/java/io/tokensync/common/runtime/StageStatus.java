package io.tokensync.common.runtime;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.tokensync.common.failure.FailureKind;

/**
 * What a stage is doing now, written by its workers and read by health checks, progress lines and log. Workers that run
 * beside each other each have a part of their own, so that none hides what another waits for. Thread-safe.
 */
public final class StageStatus {
    /** What is said of the whole when its parts differ. */
    private static final List<State> LOUDEST_FIRST = List.of(State.FAILED, State.WAITING, State.RUNNING, State.STARTING,
            State.STOPPED);

    private final String name;
    private final Clock clock;
    private final AtomicReference<Snapshot> current;
    private final List<StageStatus> parts = new CopyOnWriteArrayList<>();
    private final List<Supplier<Optional<Snapshot>>> watches = new CopyOnWriteArrayList<>();

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

    /**
     * A part that has a name, as people see it.
     *
     * @param name of the worker
     * @param now how it stands
     */
    public record Part(String name, Snapshot now) {}

    public StageStatus(Clock clock) {
        this(null, clock);
    }

    private StageStatus(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.current = new AtomicReference<>(new Snapshot(State.STARTING, clock.instant(), null, null));
    }

    /** A part for one worker, shown with the whole; it may have parts itself. */
    public StageStatus part() {
        return part(null);
    }

    /** As {@link #part()}, with a name to be shown by. */
    public StageStatus part(String partName) {
        StageStatus part = new StageStatus(partName, clock);
        parts.add(part);
        return part;
    }

    /** Asks this too whenever somebody asks; empty while it has nothing to say. It must not wait. */
    public void asks(Supplier<Optional<Snapshot>> watch) {
        watches.add(watch);
    }

    /** Begins again with one fresh part, which it returns; what the parts before it still say is not heard any more. */
    StageStatus renewed() {
        StageStatus part = new StageStatus(clock);
        parts.clear();
        parts.add(part);
        move(State.STARTING, null, null);
        return part;
    }

    /** The parts that have a name. */
    public List<Part> parts() {
        return parts.stream().filter(part -> part.name != null).map(part -> new Part(part.name, part.snapshot()))
                .toList();
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

    /** Whether the stage itself has ended by a failure; a part that has failed is started again. */
    public boolean hasFailed() {
        return current.get().state() == State.FAILED;
    }

    /**
     * The whole: failed or waiting as soon as one part is, the first of them telling why. A whole that has said nothing
     * of itself yet is what its parts are; once it has ended, they have no more say.
     */
    public Snapshot snapshot() {
        Snapshot own = current.get();
        if (own.state() == State.STOPPED || own.state() == State.FAILED) {
            return own;
        }
        Stream<Snapshot> ofParts = Stream.concat(parts.stream().map(StageStatus::told),
                watches.stream().flatMap(watch -> watch.get().stream()));
        Stream<Snapshot> all = own.state() == State.STARTING ? ofParts : Stream.concat(Stream.of(own), ofParts);
        return all.min(Comparator.comparingInt(now -> LOUDEST_FIRST.indexOf(now.state()))).orElse(own);
    }

    /** As the whole tells it: which of its parts has failed. */
    private Snapshot told() {
        Snapshot now = snapshot();
        return name == null || now.state() != State.FAILED
                ? now
                : new Snapshot(now.state(), now.since(), now.kind(), name + ": " + now.cause());
    }

    private void move(State state, FailureKind kind, String cause) {
        current.updateAndGet(now -> {
            Instant since = now.state() == state ? now.since() : clock.instant();
            return new Snapshot(state, since, kind, cause);
        });
    }
}

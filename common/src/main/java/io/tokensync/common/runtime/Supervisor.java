package io.tokensync.common.runtime;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.Counter;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.Supervised.Failing;

/**
 * The loops of one process: started together, closed at the same time, and each started again alone after a failure, so
 * that none stops another.
 */
public final class Supervisor implements AutoCloseable {
    private final String stage;
    private final StageStatus status;
    private final Restarts restarts;
    private final Metrics metrics;
    private final Clock clock;
    private final List<Member> members = new ArrayList<>();
    private final ParallelCloser closer = new ParallelCloser();
    private final CompletableFuture<Void> termination = new CompletableFuture<>();

    /** What a loop is there for. */
    public enum Role {
        /** What the process is there for. A process in which such a loop stands still is not alive. */
        WORK,
        /** Says or proves something of the work, which goes on without it. */
        ACCOUNTING,
        /** Compares what came of the work with where it came from; everything else goes on without it. */
        VERIFICATION
    }

    private record Member(Role role, Supervised<?> loop) {}

    /**
     * @param stage tag of the metrics
     * @param status of the whole; each loop gets a part by its name
     */
    public Supervisor(String stage, StageStatus status, Restarts restarts, Metrics metrics, Clock clock) {
        this.stage = stage;
        this.status = status;
        this.restarts = restarts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Adds a loop, before the start; it is built when it is started, and closed with this. */
    public <S extends Service> Supervised<S> add(String name, Role role, Supervised.Factory<S> factory) {
        Counter starts = metrics.counter(MetricNames.LOOP_RESTARTS, stage, name);
        Supervised<S> loop = closer.member()
                .register(new Supervised<>(name, factory, status.part(name), restarts, starts::increment, clock));
        members.add(new Member(role, loop));
        return loop;
    }

    /** Starts them all. */
    public void start() {
        CompletableFuture<?>[] ends = members.stream().map(member -> member.loop().termination())
                .toArray(CompletableFuture[]::new);
        var _ = CompletableFuture.allOf(ends).thenRun(() -> termination.complete(null));
        members.forEach(member -> member.loop().start());
    }

    /** Completes when all have ended in order; never because of a failure. */
    public CompletableFuture<Void> termination() {
        return termination;
    }

    /** For liveness: whether every loop of the work makes progress, or waits for something that it knows. */
    public boolean alive() {
        return members.stream().allMatch(member -> member.role() == Role.WORK
                ? member.loop().alive()
                : member.loop().isSupervising());
    }

    /** Of the loops of this role that do not run steadily, the one that has failed most often in a row. */
    public Optional<Failing> failing(Role role) {
        return members.stream().filter(member -> member.role() == role)
                .flatMap(member -> member.loop().failing().stream()).max(Comparator.comparingInt(Failing::inARow));
    }

    @Override
    public void close() {
        try {
            closer.close();
        } finally {
            termination.complete(null);
        }
    }
}

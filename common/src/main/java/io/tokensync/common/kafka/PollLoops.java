package io.tokensync.common.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.tokensync.common.runtime.Closer;
import io.tokensync.common.runtime.ParallelCloser;

/** The poll loops of one stage: started together, closed at the same time; they end when all have ended or one has failed. */
public final class PollLoops implements AutoCloseable {
    private final List<PollLoop> loops = new ArrayList<>();
    private final ParallelCloser members = new ParallelCloser();
    private final CompletableFuture<Void> termination = new CompletableFuture<>();

    /** For what one loop alone uses, and for the loop itself: closed one after the other, beside those of other loops. */
    public Closer member() {
        return members.member();
    }

    /** Adds a loop, before the start; whoever adds it registers it with a {@link #member}. */
    public void add(PollLoop loop) {
        loops.add(loop);
    }

    /** Starts them all. */
    public void start() {
        CompletableFuture<?>[] ends = loops.stream().map(PollLoop::termination).toArray(CompletableFuture[]::new);
        var _ = CompletableFuture.allOf(ends).thenRun(() -> termination.complete(null));
        for (CompletableFuture<?> end : ends) {
            var _ = end.exceptionally(failure -> {
                fail(failure);
                return null;
            });
        }
        loops.forEach(PollLoop::start);
    }

    /** Completes when all have ended, or with the failure of the first that failed. */
    public CompletableFuture<Void> termination() {
        return termination;
    }

    /** Ends {@link #termination} with the failure of something that the loops depend on. */
    public void fail(Throwable failure) {
        termination.completeExceptionally(failure);
    }

    /** For liveness: whether every loop makes progress, or waits for something that it knows. */
    public boolean alive() {
        return loops.stream().allMatch(PollLoop::alive);
    }

    @Override
    public void close() {
        members.close();
        termination.complete(null);
    }
}

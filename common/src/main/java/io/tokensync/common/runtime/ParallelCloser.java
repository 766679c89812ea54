package io.tokensync.common.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Closes its members all at the same time, so that many take no longer than the slowest of them. */
public final class ParallelCloser implements AutoCloseable {
    private final List<Closer> members = new ArrayList<>();

    /** A member, whose own parts are closed one after the other. */
    public Closer member() {
        Closer member = new Closer();
        members.add(member);
        return member;
    }

    /** Returns when all are closed; the first failure is thrown then. */
    @Override
    public void close() {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            CompletableFuture.allOf(members.stream().map(member -> CompletableFuture.runAsync(member::close, threads))
                    .toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("a loop did not close in order: " + e.getCause(), e.getCause());
        }
    }
}

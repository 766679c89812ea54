package io.tokensync.common.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loop of a process, which fails alone: whatever ends it, or keeps it from any progress, is shown as its failure, and
 * after a wait it is built and started again, for as long as it takes. It ends when it is closed, or when the loop ends by
 * itself in order.
 *
 * @param <S> the loop
 */
public final class Supervised<S extends Service> implements Service {
    private static final Logger log = LoggerFactory.getLogger(Supervised.class);
    /** Between two questions whether the loop makes progress; it has to say no twice. */
    private static final Duration LOOK = Duration.ofSeconds(10);
    /** A loop that has run for so long is well again. */
    private static final Duration STEADY = Duration.ofMinutes(2);

    private final String name;
    private final Factory<S> factory;
    private final StageStatus status;
    private final Restarts restarts;
    private final Runnable onRestart;
    private final Clock clock;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> termination = new CompletableFuture<>();
    private volatile S current;
    private volatile Failing failing;
    private volatile RuntimeException closeFailure;

    /**
     * Builds a loop, not yet started; called again for each start.
     *
     * @param <S> the loop
     */
    @FunctionalInterface
    public interface Factory<S extends Service> {
        /**
         * The loop, not yet started.
         *
         * @param status of this loop, fresh at each start
         * @param opened closes what the loop alone uses, after the loop
         */
        S create(StageStatus status, Closer opened);
    }

    /**
     * What keeps a loop from running steadily.
     *
     * @param loop its name
     * @param inARow how often it has failed without having run steadily in between
     * @param since when it failed for the first time of these
     * @param cause of the last time
     */
    public record Failing(String loop, int inARow, Instant since, String cause) {}

    /**
     * @param status of this loop alone: its part for the whole life
     * @param onRestart called before each start after the first
     */
    Supervised(String name, Factory<S> factory, StageStatus status, Restarts restarts, Runnable onRestart,
            Clock clock) {
        this.name = name;
        this.factory = factory;
        this.status = status;
        this.restarts = restarts;
        this.onRestart = onRestart;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("supervise-" + name).unstarted(this::run);
    }

    @Override
    public void start() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    @Override
    public StageStatus status() {
        return status;
    }

    /** The loop that runs now; empty while it waits to be started again. */
    public Optional<S> current() {
        return Optional.ofNullable(current);
    }

    /** Why it does not run steadily; empty when it does, or has not failed yet. */
    public Optional<Failing> failing() {
        return Optional.ofNullable(failing);
    }

    /** Whether the loop makes progress, waits for something that it knows, or is going to be started again. */
    @Override
    public boolean alive() {
        S running = current;
        return isSupervising() && (running == null || running.alive());
    }

    /** Whether somebody is there who would start the loop again. */
    boolean isSupervising() {
        return !started.get() || thread.isAlive() || termination.isDone();
    }

    /** Completes when the loop has ended in order; never because of a failure. */
    @Override
    public CompletableFuture<Void> termination() {
        return termination;
    }

    @Override
    public void close() {
        closing.countDown();
        asked.complete(null);
        if (started.compareAndSet(false, true)) {
            termination.complete(null);
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (closeFailure != null) {
            throw closeFailure;
        }
    }

    private void run() {
        try {
            Throwable failure = runOnce();
            while (failure != null && !asked.isDone()
                    && !closing.await(report(failure).toNanos(), TimeUnit.NANOSECONDS)) {
                onRestart.run();
                failure = runOnce();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            status.stopped();
            termination.complete(null);
        }
    }

    /** Until the loop ends: its failure, or null when it has ended in order. */
    private Throwable runOnce() {
        Closer opened = new Closer();
        Throwable failure = null;
        try {
            S loop = opened.register(factory.create(status.renewed(), opened));
            current = loop;
            loop.start();
            watch(loop);
        } catch (ExecutionException e) {
            failure = e.getCause();
        } catch (Throwable e) { // whatever it is, only this loop fails
            failure = e;
        }
        current = null;
        close(opened, failure);
        return failure;
    }

    private void watch(S loop) throws ExecutionException, InterruptedException {
        CompletableFuture<Object> end = CompletableFuture.anyOf(loop.termination(), asked);
        Instant began = clock.instant();
        boolean hung = false;
        while (true) {
            try {
                var _ = end.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException _) {
                boolean alive = loop.alive();
                if (!alive && hung) {
                    throw new IllegalStateException("it makes no progress, and waits for nothing that it knows");
                }
                hung = !alive;
                if (alive && Duration.between(began, clock.instant()).compareTo(STEADY) >= 0) {
                    failing = null;
                }
            }
        }
    }

    private void close(Closer opened, Throwable failure) {
        try {
            opened.close();
        } catch (RuntimeException | Error e) {
            if (failure == null) {
                closeFailure = new IllegalStateException(name + " did not close in order: " + e, e);
            } else if (!failure.equals(e)) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Says that the loop has failed, and how long it is left alone. */
    private Duration report(Throwable failure) {
        Failing before = failing;
        Failing now = before == null
                ? new Failing(name, 1, clock.instant(), failure.toString())
                : new Failing(name, before.inARow() + 1, before.since(), failure.toString());
        Duration wait = restarts.after(now.inARow());
        failing = now;
        status.failed(failure.toString());
        log.atError().setMessage("loop has failed and is started again; the others go on, and nothing is lost")
                .addKeyValue("loop", name).addKeyValue("failures", now.inARow())
                .addKeyValue("wait_ms", wait.toMillis()).setCause(failure).log();
        return wait;
    }
}

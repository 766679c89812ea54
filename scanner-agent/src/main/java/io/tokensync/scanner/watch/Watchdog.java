package io.tokensync.scanner.watch;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does on a thread of its own what may hang, such as opening a file on a mount that is gone, and waits for it as long as it
 * makes progress. What makes none for too long is left behind with its thread, and the next work gets another: there is one
 * thread, and one more for each place that hangs. A place that hangs is not touched again before that has ended.
 * For one thread at a time.
 */
public final class Watchdog implements AutoCloseable {
    /** So often progress is looked for, so that a process that was stopped for a while takes nothing for hanging. */
    private static final int LOOKS = 20;
    /** So often for what hangs behind something else in the same scan cycle: most likely it is on the same mount. */
    private static final int FEWER_LOOKS = 2;
    private static final long CLOSING_SECONDS = 10;

    private final String name;
    private final Duration timeout;
    private final Clock clock;
    private final Map<Path, Hang> hangs = new HashMap<>();
    private Lane lane;
    private boolean suspicious;

    /**
     * @param name of its threads
     * @param timeout how long something may make no progress
     */
    public Watchdog(String name, Duration timeout, Clock clock) {
        this.name = name;
        this.timeout = timeout;
        this.clock = clock;
        this.lane = new Lane(name);
    }

    /**
     * Something that may hang.
     *
     * @param <T> its result; closed when nobody waits for it any more and it can be
     * @param <X> its failure
     */
    @FunctionalInterface
    public interface Task<T, X extends Exception> {
        T run(Progress progress) throws X, InterruptedException;
    }

    /** A scan cycle begins. The first place that hangs in it is waited for as long as configured, others shorter. */
    public void begin() {
        suspicious = false;
    }

    /**
     * Does something and waits for it.
     *
     * @param place what is waited for no more when this hangs; null for nothing that is known before
     * @param doing in words, for people: "opening it"
     * @throws HangException when it hangs, or the place still does
     */
    public <T, X extends Exception> T call(Path place, String doing, Task<T, X> task)
            throws X, HangException, InterruptedException {
        return await(start(place, doing, task));
    }

    /** As {@link #call}, to be waited for later. */
    public <T, X extends Exception> Job<T, X> start(Path place, String doing, Task<T, X> task) throws HangException {
        Hang standing = standing(place);
        if (standing != null) {
            throw new HangException(standing);
        }
        return new Job<>(lane, place, clock.instant(), lane.start(doing, task));
    }

    /** Waits for what was started. */
    public <T, X extends Exception> T await(Job<T, X> job) throws X, HangException, InterruptedException {
        long seen = job.lane().progress();
        for (int quiet = 0; !isDone(job.result());) {
            long now = job.lane().progress();
            quiet = now == seen ? quiet + 1 : 0;
            seen = now;
            if (quiet >= looks() && job.lane().leaveBehind(job.result())) {
                throw new HangException(leftBehind(job));
            }
        }
        return job.outcome();
    }

    /** Closes what belongs to a place, on the thread that works on it; when that hangs, as soon as it does not. */
    public void close(Path place, Runnable closing) {
        Hang standing = standing(place);
        if (standing != null) {
            standing.lane().execute(closing);
            return;
        }
        CompletableFuture<Void> closed = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                closing.run();
            } finally {
                closed.complete(null);
            }
        });
        if (!awaitQuietly(closed) && lane.leaveBehind(closed)) {
            leaveBehind(place, new Hang(lane, clock.instant(), Duration.ofSeconds(CLOSING_SECONDS)));
        }
    }

    /** Ends the thread that does not hang, when it has done what it has to do. */
    @Override
    public void close() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        lane.execute(() -> idle.complete(null));
        lane.shutdown();
        awaitQuietly(idle);
    }

    private int looks() {
        return suspicious ? FEWER_LOOKS : LOOKS;
    }

    private Hang standing(Path place) {
        Hang hang = hangs.get(place);
        if (hang != null && hang.isOver()) {
            hangs.remove(place);
            return null;
        }
        return hang;
    }

    private Hang leftBehind(Job<?, ?> job) {
        Duration waited = timeout.multipliedBy(looks()).dividedBy(LOOKS);
        suspicious = true;
        Hang hang = new Hang(job.lane(), job.begun(), waited);
        leaveBehind(job.place(), hang);
        return hang;
    }

    private void leaveBehind(Path place, Hang hang) {
        if (lane == hang.lane()) {
            lane = new Lane(name);
        }
        if (place != null) {
            hangs.put(place, hang);
        }
    }

    private boolean isDone(CompletableFuture<?> result) throws InterruptedException {
        try {
            result.get(Math.max(1, timeout.toNanos() / LOOKS), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException _) {
            return true;
        }
    }

    /** Not for ever: what is not closed by then is closed later. Returns whether it is, or the service closes. */
    private static boolean awaitQuietly(CompletableFuture<Void> done) {
        boolean interrupted = Thread.interrupted();
        boolean over = true;
        try {
            done.get(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            interrupted = true;
        } catch (TimeoutException | ExecutionException _) {
            over = interrupted;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return over;
    }
}

package io.tokensync.scanner.watch;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One thread and what it has to do, in order. It may be left behind while something hangs in it: then it does nothing more
 * when it is free again but close what was open. The thread ends when it has had nothing to do for a while.
 */
final class Lane {
    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolExecutor thread;
    private final AtomicLong progress = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private volatile String doing = "";
    private volatile boolean leftBehind;

    Lane(String name) {
        this.thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name).daemon().factory());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Does this after what it has to do already, unless it is left behind before. */
    <T, X extends Exception> CompletableFuture<T> start(String what, Watchdog.Task<T, X> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(() -> {
            doing = what;
            try {
                made();
                finish(result, task.run(this::made));
            } catch (Throwable e) { // errors of the JVM too: whoever waits must hear of it
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Does this in any case. */
    void execute(Runnable work) {
        open.incrementAndGet();
        thread.execute(() -> {
            try {
                work.run();
            } finally {
                progress.incrementAndGet();
                open.decrementAndGet();
            }
        });
    }

    /** Leaves it behind, unless this is done. */
    synchronized boolean leaveBehind(CompletableFuture<?> result) {
        if (!result.isDone()) {
            leftBehind = true;
            thread.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
        }
        return leftBehind;
    }

    /** Grows while it gets on. */
    long progress() {
        return progress.get();
    }

    /** What it does now, or did last. */
    String doing() {
        return doing;
    }

    /** Whether it has nothing to do. */
    boolean isIdle() {
        return open.get() == 0;
    }

    void shutdown() {
        thread.shutdown();
    }

    private void made() {
        if (leftBehind) {
            throw new CancellationException("nobody waits for it any more");
        }
        progress.incrementAndGet();
    }

    private <T> void finish(CompletableFuture<T> result, T value) throws Exception {
        if (!completes(result, value) && value instanceof AutoCloseable unwanted) {
            unwanted.close();
        }
    }

    private synchronized <T> boolean completes(CompletableFuture<T> result, T value) {
        return !leftBehind && result.complete(value);
    }
}

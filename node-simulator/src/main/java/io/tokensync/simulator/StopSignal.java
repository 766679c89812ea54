package io.tokensync.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.tokensync.common.time.Sleeper;

/**
 * A sleeper that Ctrl-C ends. The process then waits until this is closed, so that the work at hand can be finished; the
 * thread itself is not interrupted, which would break a file that it is writing.
 */
final class StopSignal implements Sleeper, AutoCloseable {
    private static final long LONGEST_END_SECONDS = 60;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("stop-signal").unstarted(this::stop);

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (asked.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the process ends");
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already, and the hook with it.
        }
    }

    private void stop() {
        asked.countDown();
        try {
            ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

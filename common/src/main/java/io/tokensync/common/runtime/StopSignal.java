package io.tokensync.common.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.tokensync.common.time.Sleeper;

/**
 * Ctrl-C or SIGTERM as something that a command can wait for. The JVM stays up until the command has closed what it
 * opened, or the bound has passed.
 */
public final class StopSignal implements Sleeper, AutoCloseable {
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(40);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ShutdownHooks hooks;
    private final Thread hook = Thread.ofPlatform().name("stop-signal").unstarted(this::stop);

    public StopSignal(ShutdownHooks hooks) {
        this.hooks = hooks;
        hooks.add(hook);
    }

    /** Waits for the signal, at most so long; whether it has come. */
    public boolean await(Duration bound) throws InterruptedException {
        return asked.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sleeps until the signal comes, which ends it as an interrupt would; the thread itself is not interrupted. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (await(duration)) {
            throw new InterruptedException("the process ends");
        }
    }

    /** To be called when everything is closed: lets the JVM end. */
    @Override
    public void close() {
        closed.countDown();
        hooks.remove(hook);
    }

    private void stop() {
        asked.countDown();
        try {
            // Whatever hangs for longer has not committed, and is done again by the next run.
            boolean _ = closed.await(CLOSE_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

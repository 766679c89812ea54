package io.tokensync.monitor.watch;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.time.Sleeper;

/** A task that a thread of its own runs again and again. What it throws is logged, and it is run again all the same. */
public final class Repeating implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Repeating.class);

    private final Thread thread;

    private Repeating(Thread thread) {
        this.thread = thread;
    }

    /** A task that can be interrupted. */
    @FunctionalInterface
    public interface Task {
        void run() throws InterruptedException;
    }

    /**
     * Starts it, at once for the first time.
     *
     * @param name of the thread
     * @param pause between the end of a run and the next one
     */
    public static Repeating start(String name, Duration pause, Sleeper sleeper, Task task) {
        return new Repeating(Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    runOnce(name, task);
                    sleeper.sleep(pause);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static void runOnce(String name, Task task) throws InterruptedException {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.atWarn().setMessage("could not look, will look again").addKeyValue("task", name).setCause(e).log();
        }
    }
}

package io.tokensync.monitor.probe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.time.Sleeper;

/** A task that a thread of its own runs again and again. What it throws is logged, and it is run again all the same. */
public final class Repeating implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Repeating.class);

    private final Task task;
    private final Duration longestWait;
    private final Thread thread;
    /** Held during a run, so that whoever closes can tell a run from the pause between two. */
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closing;

    private Repeating(String name, Duration pause, Sleeper sleeper, Task task, Duration longestWait) {
        this.task = task;
        this.longestWait = longestWait;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> repeat(pause, sleeper));
    }

    /** A task that can be interrupted. */
    @FunctionalInterface
    public interface Task {
        void run() throws InterruptedException;
    }

    /**
     * Starts it, at once for the first time. Closing interrupts it.
     *
     * @param name of the thread
     * @param pause between the end of a run and the next one
     */
    public static Repeating start(String name, Duration pause, Sleeper sleeper, Task task) {
        return start(name, pause, sleeper, task, Duration.ZERO);
    }

    /**
     * Starts it, at once for the first time.
     *
     * @param name of the thread
     * @param pause between the end of a run and the next one
     * @param longestWait how long closing waits for the end of a run before it interrupts it: an interrupt in the middle of a
     *         read closes the file of an embedded database for everybody in the process
     */
    public static Repeating start(String name, Duration pause, Sleeper sleeper, Task task, Duration longestWait) {
        Repeating repeating = new Repeating(name, pause, sleeper, task, longestWait);
        repeating.thread.start();
        return repeating;
    }

    @Override
    public void close() {
        closing = true;
        boolean idle = false;
        try {
            idle = running.tryLock(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        if (idle) {
            running.unlock();
        }
    }

    private void repeat(Duration pause, Sleeper sleeper) {
        try {
            while (runOnce()) {
                sleeper.sleep(pause);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is to be another run. */
    private boolean runOnce() throws InterruptedException {
        running.lock();
        try {
            if (closing || thread.isInterrupted()) {
                return false;
            }
            task.run();
        } catch (RuntimeException e) {
            log.atWarn().setMessage("could not look, will look again").addKeyValue("task", thread.getName())
                    .setCause(e).log();
        } finally {
            running.unlock();
        }
        return true;
    }
}

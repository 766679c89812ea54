package io.tokensync.tds.jdbc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An attention of the client, or the end of its connection, as the running statement sees it. */
public final class Cancellation {
    private Runnable running;
    private boolean requested;

    /** Called by another thread: whatever waits stops waiting, whatever runs is cancelled. */
    public synchronized void request() {
        requested = true;
        if (running != null) {
            running.run();
        }
        notifyAll();
    }

    public synchronized boolean requested() {
        return requested;
    }

    /** Before the next request of the client. */
    public synchronized void clear() {
        requested = false;
    }

    /** What stops the statement that is about to run; null once it has run. */
    synchronized void running(Runnable stop) {
        running = stop;
        if (stop != null && requested) {
            stop.run();
        }
    }

    /** Waits so long, or until it is requested. */
    public synchronized void await(Duration length) throws InterruptedException {
        for (long left = length.toNanos(); left > 0 && !requested;) {
            long from = System.nanoTime();
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left -= System.nanoTime() - from;
        }
    }
}

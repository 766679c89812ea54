package io.tokensync.writer.batch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many threads may write at the same time. A database that asks for less gets half of them; one more is let in
 * whenever it has not asked for a while. Shared by the writers of one process.
 */
public final class Concurrency {
    private static final Duration GROWTH = Duration.ofSeconds(30);

    private final int most;
    private final LongSupplier nanos;
    private int allowed;
    private int writing;
    private long calmSince;

    /**
     * @param most threads there are
     * @param nanos time of any origin
     */
    public Concurrency(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.allowed = most;
    }

    /** How many may write now. */
    public synchronized int allowed() {
        return allowed;
    }

    /** Whether a thread that wants to write now has to wait. */
    synchronized boolean isFull() {
        return writing >= allowed;
    }

    synchronized void enter() throws InterruptedException {
        while (isFull()) {
            wait();
        }
        writing++;
    }

    synchronized void leave() {
        writing--;
        notifyAll();
    }

    /** The database has asked for less. */
    synchronized void throttled() {
        allowed = Math.max(1, allowed / 2);
        calmSince = nanos.getAsLong();
    }

    /** The database has taken a batch. */
    synchronized void succeeded() {
        long now = nanos.getAsLong();
        if (allowed < most && now - calmSince >= GROWTH.toNanos()) {
            allowed++;
            calmSince = now;
            notifyAll();
        }
    }
}

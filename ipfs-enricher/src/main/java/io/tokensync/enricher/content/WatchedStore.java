package io.tokensync.enricher.content;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A block store of which reads are under way: their turns, and how many of them hang. Forgotten when nobody uses it. */
final class WatchedStore {
    private final Semaphore turns;
    private final AtomicInteger hanging = new AtomicInteger();
    /** Changes only while the map that has the store computes its entry. */
    private int users;

    WatchedStore(int reads) {
        this.turns = new Semaphore(reads);
    }

    Semaphore turns() {
        return turns;
    }

    boolean hangs() {
        return hanging.get() > 0;
    }

    void hangsOnceMore() {
        hanging.incrementAndGet();
    }

    void hangsNoMore() {
        hanging.decrementAndGet();
    }

    /** Itself, with one user more. */
    WatchedStore entered() {
        users++;
        return this;
    }

    /** Itself, with one user less; null when that was the last. */
    WatchedStore left() {
        users--;
        return users == 0 ? null : this;
    }
}

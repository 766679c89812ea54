package io.tokensync.tds.jdbc;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The locks of sp_getapplock, all exclusive and owned by a session until it releases them or ends. */
final class ApplicationLocks {
    private final Map<String, Object> owners = new HashMap<>();

    /** Waits for the lock; false where it was not to be had in time. */
    synchronized boolean acquire(String resource, Object owner, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        while (owners.containsKey(resource) && !owners.get(resource).equals(owner)) {
            if (left <= 0) {
                return false;
            }
            long from = System.nanoTime();
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left -= System.nanoTime() - from;
        }
        owners.put(resource, owner);
        return true;
    }

    synchronized boolean release(String resource, Object owner) {
        boolean released = owners.remove(resource, owner);
        notifyAll();
        return released;
    }

    synchronized void releaseAll(Object owner) {
        owners.values().removeIf(owner::equals);
        notifyAll();
    }
}

package io.tokensync.enricher.content;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets only so many requests through at a time; the others wait their turn, but not for ever. At first they are few, and with
 * every few that end there may be one more: a program that has just started takes many times as long for each, and all at
 * once would be too late for a source that is well.
 */
public final class LimitedSource implements ContentSource {
    private static final int FIRST = 16;
    private static final int ENDED_FOR_ONE_MORE = 4;

    private final ContentSource source;
    private final Semaphore slots;
    private final Duration longestWait;
    /** Requests that must end until the limit is reached. */
    private final AtomicInteger left;

    /** @param limit most requests at a time, once enough have ended */
    public LimitedSource(ContentSource source, int limit, Duration longestWait) {
        this.source = source;
        this.slots = new Semaphore(Math.min(limit, FIRST), true);
        this.left = new AtomicInteger(Math.max(0, limit - FIRST) * ENDED_FOR_ONE_MORE);
        this.longestWait = longestWait;
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        if (!slots.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
            return new ContentAnswer.Failed(ContentFailure.NOT_ASKED,
                    "as many others as may be asked at once were waiting for an answer for " + longestWait.toMillis()
                            + " ms");
        }
        try {
            return source.find(request);
        } finally {
            slots.release(mayBeOneMore() ? 2 : 1);
        }
    }

    private boolean mayBeOneMore() {
        int before = left.get() == 0 ? 0 : left.getAndUpdate(ends -> Math.max(0, ends - 1));
        return before % ENDED_FOR_ONE_MORE == 1;
    }
}

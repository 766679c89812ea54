package io.tokensync.enricher.content;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets only so many requests through at a time; the others wait their turn, but not for ever. */
public final class LimitedSource implements ContentSource {
    private final ContentSource source;
    private final Semaphore slots;
    private final int limit;
    private final Duration longestWait;

    public LimitedSource(ContentSource source, int limit, Duration longestWait) {
        this.source = source;
        this.slots = new Semaphore(limit, true);
        this.limit = limit;
        this.longestWait = longestWait;
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        if (!slots.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
            return new ContentAnswer.Failed(ContentFailure.NOT_ASKED,
                    limit + " others were waiting for an answer for " + longestWait.toMillis() + " ms");
        }
        try {
            return source.find(request);
        } finally {
            slots.release();
        }
    }
}

package io.tokensync.enricher.content;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.ipfs.Cid;

/** A source in memory that answers what it is told, and may be told to wait with it. */
public final class FakeSource implements ContentSource {
    private final Map<Cid, ContentAnswer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public static FakeSource with(List<Sample> samples) {
        FakeSource source = new FakeSource();
        samples.forEach(sample -> source.has(sample.cid(), sample));
        return source;
    }

    /** Answers this id with the block of that sample, true or not. */
    public void has(Cid cid, Sample sample) {
        answers.put(cid, new ContentAnswer.Found(sample.block(), "fake"));
    }

    public void fails(Cid cid, ContentFailure reason) {
        answers.put(cid, new Failed(reason, "as told"));
    }

    /** From now on questions wait until the latch is down. */
    public void waitFor(CountDownLatch newGate) {
        gate = newGate;
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        asked.incrementAndGet();
        gate.await();
        return answers.getOrDefault(request.cid(), new Failed(ContentFailure.NOT_FOUND, "the fake has nothing"));
    }
}

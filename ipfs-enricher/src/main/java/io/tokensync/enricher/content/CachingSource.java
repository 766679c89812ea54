package io.tokensync.enricher.content;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;
import io.tokensync.ipfs.Cid;

/**
 * Asks the source once per id: whoever comes while the answer is under way waits for the same one. A verified block never
 * changes and is kept as long as the bytes allow; a failure is kept briefly ({@link Absences}); that a source is
 * unavailable, or had no turn to give, says nothing about the id and is not kept. Only for sources that answer by the id
 * alone.
 */
public final class CachingSource implements ContentSource {
    /** Bytes of an entry beside its block, roughly: id, key, list nodes. */
    private static final int OVERHEAD = 400;

    private static final Failed NOT_HERE = new Failed(ContentFailure.NOT_FOUND, "not in the cache");

    private final ContentSource source;
    private final Absences absences;
    private final AsyncCache<Cid, ContentAnswer> answers;
    private final Counter hits;
    private final Counter negativeHits;
    private final Counter misses;

    /**
     * @param source behind its own verification
     * @param maxBytes of all blocks kept
     * @param failuresKept how long a failure is not asked for again at most
     */
    public CachingSource(ContentSource source, long maxBytes, Duration failuresKept, Ticker ticker, Metrics metrics) {
        this.source = source;
        this.absences = new Absences(failuresKept, ticker);
        this.answers = Caffeine.newBuilder().maximumWeight(maxBytes).weigher(CachingSource::weight)
                .expireAfter(Expiry.creating(this::kept))
                .ticker(ticker).executor(Runnable::run).buildAsync();
        this.hits = metrics.counter(MetricNames.ENRICHER_CACHE, "hit");
        this.negativeHits = metrics.counter(MetricNames.ENRICHER_CACHE, "negative_hit");
        this.misses = metrics.counter(MetricNames.ENRICHER_CACHE, "miss");
    }

    /** A source that has what is in the cache now, and never waits. */
    public ContentSource atHand() {
        return request -> {
            CompletableFuture<ContentAnswer> answer = answers.getIfPresent(request.cid());
            if (answer != null && answer.getNow(null) instanceof Found found) {
                hits.increment();
                return found;
            }
            return NOT_HERE;
        };
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        while (true) {
            CompletableFuture<ContentAnswer> mine = new CompletableFuture<>();
            CompletableFuture<ContentAnswer> other = answers.asMap().putIfAbsent(request.cid(), mine);
            if (other == null) {
                return ask(request, mine);
            }
            try {
                return count(other.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("an answer is never completed by a failure", e);
            } catch (CancellationException _) {
                // The one who asked was interrupted or failed; it is our turn.
                answers.asMap().remove(request.cid(), other);
            }
        }
    }

    private ContentAnswer count(ContentAnswer known) {
        switch (known) {
            case Found _ -> hits.increment();
            case Failed _ -> negativeHits.increment();
        }
        return known;
    }

    private ContentAnswer ask(ContentRequest request, CompletableFuture<ContentAnswer> mine)
            throws InterruptedException {
        misses.increment();
        try {
            ContentAnswer answer = source.find(request);
            switch (answer) {
                case Found _ -> absences.found(request.cid());
                case Failed _ -> absences.missed(request.cid());
            }
            mine.complete(answer);
            return answer;
        } finally {
            // Does nothing to an answer. Whatever was thrown instead, the others must not wait for it.
            mine.cancel(false);
        }
    }

    private static int weight(Cid cid, ContentAnswer answer) {
        return OVERHEAD + switch (answer) {
            case Found(var block, _, _) -> block.bytes().length;
            case Failed(_, var detail) -> detail.length();
        };
    }

    private Duration kept(Cid cid, ContentAnswer answer) {
        return switch (answer) {
            case Found _ -> Duration.ofNanos(Long.MAX_VALUE);
            case Failed(var reason, _) -> switch (reason) {
                case UNAVAILABLE, THROTTLED, NOT_ASKED -> Duration.ZERO;
                case NOT_A_CID, TOO_LARGE, SAID_TOO_LARGE, UNDECODABLE, NOT_VERIFIABLE, MISMATCH, TIMEOUT, NOT_FOUND ->
                    absences.kept(cid);
            };
        };
    }
}

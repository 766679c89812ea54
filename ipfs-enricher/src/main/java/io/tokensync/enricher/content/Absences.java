package io.tokensync.enricher.content;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import io.tokensync.ipfs.Cid;

/**
 * How long it is remembered that nobody had an id: at first only for a moment, because content is often a little later than
 * its row; each time that it is missed again for twice as long.
 */
final class Absences {
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** Beyond that the ids that were missed longest ago begin anew. */
    private static final int IDS = 100_000;
    private static final int MOST_DOUBLINGS = 30;

    private final Duration longest;
    private final Cache<Cid, Integer> missed;

    /** @param longest for which an absence is remembered; zero remembers none */
    Absences(Duration longest, Ticker ticker) {
        this.longest = longest;
        this.missed = Caffeine.newBuilder().maximumSize(IDS).expireAfterWrite(longest.multipliedBy(2)).ticker(ticker)
                .executor(Runnable::run).build();
    }

    /** Nobody had it. */
    void missed(Cid cid) {
        missed.asMap().merge(cid, 1, Integer::sum);
    }

    /** Somebody had it. */
    void found(Cid cid) {
        missed.invalidate(cid);
    }

    /** For how long to remember that it was missed this time. */
    Duration kept(Cid cid) {
        Integer times = missed.getIfPresent(cid);
        int doublings = times == null ? 0 : Math.min(times - 1, MOST_DOUBLINGS);
        Duration kept = FIRST.multipliedBy(1L << doublings);
        return kept.compareTo(longest) < 0 ? kept : longest;
    }
}

package io.tokensync.enricher.content;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;

/** Counts and times what a source answers. */
public final class MeteredSource implements ContentSource {
    private static final String FOUND = "found";

    private final ContentSource source;
    private final Clock clock;
    private final AtomicInteger inFlight;
    private final Timer found;
    private final Map<ContentFailure, Timer> failed = new EnumMap<>(ContentFailure.class);

    /**
     * @param name of the source in the metrics
     * @param inFlight counts the requests under way, of all sources together
     * @param clock the registry's
     */
    public MeteredSource(ContentSource source, String name, AtomicInteger inFlight, Metrics metrics, Clock clock) {
        this.source = source;
        this.inFlight = inFlight;
        this.clock = clock;
        this.found = metrics.timer(MetricNames.ENRICHER_FETCH_DURATION, name, FOUND);
        for (ContentFailure reason : ContentFailure.values()) {
            failed.put(reason, metrics.timer(MetricNames.ENRICHER_FETCH_DURATION, name, reason.code()));
        }
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        inFlight.incrementAndGet();
        long start = clock.monotonicTime();
        try {
            ContentAnswer answer = source.find(request);
            timerOf(answer).record(clock.monotonicTime() - start, TimeUnit.NANOSECONDS);
            return answer;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private Timer timerOf(ContentAnswer answer) {
        return switch (answer) {
            case ContentAnswer.Found _ -> found;
            case ContentAnswer.Failed(var reason, _) -> failed.get(reason);
        };
    }
}

package io.tokensync.enricher.handler;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.handler.ContentLookup.Outcome;

/** The handler's counters, looked up once. */
public final class EnricherMetrics {
    private static final String NONE = "none";

    private final Metrics metrics;
    private final Counter consumed;
    private final Counter produced;
    private final Counter notUtf8;
    private final Map<ContentFailure, Counter> failed = new EnumMap<>(ContentFailure.class);
    private final Map<String, Counter> fetched = new ConcurrentHashMap<>();

    public EnricherMetrics(Metrics metrics) {
        this.metrics = metrics;
        this.consumed = metrics.counter(MetricNames.ENRICHER_RECORDS_CONSUMED);
        this.produced = metrics.counter(MetricNames.ENRICHER_RECORDS_PRODUCED);
        this.notUtf8 = metrics.counter(MetricNames.ENRICHER_CONTENTS_NOT_UTF8);
        for (ContentFailure reason : ContentFailure.values()) {
            failed.put(reason, metrics.counter(MetricNames.ENRICHER_CONTENTS, reason.code(), NONE));
        }
        // No alert sees the increase of a counter that is born with its first event.
        for (RejectionReason reason : RejectionReason.values()) {
            metrics.counter(MetricNames.ENRICHER_RECORDS_DEAD_LETTERED, reason.code());
        }
        for (String outcome : List.of("found", "missing", "failed", "given_up")) {
            metrics.counter(MetricNames.ENRICHER_CONTENT_RETRIES, outcome);
        }
    }

    /** A whole batch has been handled. */
    void batch(int records, List<RejectionReason> deadLetters) {
        consumed.increment(records);
        produced.increment(records - (double) deadLetters.size());
        deadLetters.forEach(
                reason -> metrics.counter(MetricNames.ENRICHER_RECORDS_DEAD_LETTERED, reason.code()).increment());
    }

    /** Of a row that passes for the first time. */
    void outcome(Outcome outcome) {
        switch (outcome) {
            case Outcome.Found(var content, _) -> fetched(content);
            case Outcome.Missing(var failure, _) -> failed.get(failure.reason()).increment();
        }
    }

    /** Of a row whose content was asked for again. */
    void retried(String outcome) {
        metrics.counter(MetricNames.ENRICHER_CONTENT_RETRIES, outcome).increment();
    }

    private void fetched(Content.Fetched content) {
        if (content.note() != null) {
            notUtf8.increment();
        }
        fetched.computeIfAbsent(content.source(),
                name -> metrics.counter(MetricNames.ENRICHER_CONTENTS, "fetched", name))
                .increment();
    }
}

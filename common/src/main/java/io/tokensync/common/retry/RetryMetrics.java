package io.tokensync.common.retry;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;

/** Counts what is tried again and times the outages. */
public final class RetryMetrics implements RetryListener {
    private final Metrics metrics;
    private final String stage;
    private final Function<Exception, String> code;

    /**
     * @param stage tag value
     * @param code error number or class of a failure; a small set of values
     */
    public RetryMetrics(Metrics metrics, String stage, Function<Exception, String> code) {
        this.metrics = metrics;
        this.stage = stage;
        this.code = code;
    }

    /** With the exception's class as code. */
    public RetryMetrics(Metrics metrics, String stage) {
        this(metrics, stage, failure -> failure.getClass().getSimpleName());
    }

    @Override
    public void failed(FailureKind kind, Exception failure, Duration wait) {
        metrics.counter(MetricNames.RETRIES, stage, kind.name().toLowerCase(Locale.ROOT), code.apply(failure))
                .increment();
    }

    @Override
    public void recovered(Duration outage) {
        metrics.timer(MetricNames.OUTAGE_DURATION, stage).record(outage);
    }
}

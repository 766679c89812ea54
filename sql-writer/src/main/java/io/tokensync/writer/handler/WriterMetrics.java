package io.tokensync.writer.handler;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.retry.RetryListener;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.BatchSize;
import io.tokensync.writer.batch.Concurrency;
import io.tokensync.writer.batch.SharedCircuitBreaker;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.jdbc.WriteListener;

/** The meters of the writer, and its progress beside them. Thread-safe. */
public final class WriterMetrics implements RetryListener, WriteListener {
    private static final String STAGE = "writer";
    private static final List<String> OUTCOMES = List.of("inserted", "updated", "unchanged", "stale", "dead_lettered",
            "superseded");
    private static final double MILLIS = 1000.0;

    private final Metrics metrics;
    private final WriteProgress progress;
    private final Clock clock;
    /** By thread: the time stamp of the oldest record that it is writing. */
    private final Map<Thread, Long> oldest = new ConcurrentHashMap<>();

    public WriterMetrics(Metrics metrics, WriteProgress progress, StageStatus status, Clock clock) {
        this.metrics = metrics;
        this.progress = progress;
        this.clock = clock;
        metrics.gauge(MetricNames.WRITER_OLDEST_UNWRITTEN_AGE, this::oldestAge);
        metrics.counter(MetricNames.WRITER_CONTENTS_UNPROVEN).increment(0);
        metrics.gauge(MetricNames.PAUSED,
                () -> switch (status.snapshot().state()) {
                    case WAITING, FAILED -> 1;
                    case STARTING, RUNNING, STOPPED -> 0;
                }, STAGE);
        registerAll();
    }

    /** A counter that appears with its first event has no increase that an alert could see. */
    private void registerAll() {
        for (MetricNames name : List.of(MetricNames.WRITER_RECORDS_CONSUMED, MetricNames.POOL_CONNECTIONS_CREATED,
                MetricNames.POOL_CONNECTIONS_CLOSED_STALE, MetricNames.POOL_HEALTH_CHECK_FAILURES,
                MetricNames.QUERY_RETRIES, MetricNames.QUERY_RETRIES_EXHAUSTED)) {
            metrics.counter(name);
        }
        OUTCOMES.forEach(outcome -> metrics.counter(MetricNames.WRITER_RECORDS, outcome));
        for (RejectionReason reason : RejectionReason.values()) {
            metrics.counter(MetricNames.WRITER_RECORDS_DEAD_LETTERED, reason.code());
        }
        for (Phase phase : Phase.values()) {
            metrics.timer(MetricNames.WRITER_BATCH_DURATION, phase.name().toLowerCase(Locale.ROOT));
        }
        metrics.timer(MetricNames.OUTAGE_DURATION, STAGE);
    }

    /** Shows whether the database is away, how many may write to it, and how much at a time. */
    public void watch(SharedCircuitBreaker breaker, Concurrency concurrency, BatchSize size) {
        metrics.gauge(MetricNames.WRITER_BATCH_LIMIT, size::rows);
        metrics.gauge(MetricNames.SQL_BREAKER_OPEN, () -> breaker.isOpen() ? 1 : 0);
        metrics.gauge(MetricNames.WRITER_CONCURRENCY, concurrency::allowed);
    }

    void began(long oldestTimestamp) {
        oldest.put(Thread.currentThread(), oldestTimestamp);
    }

    /** The batch is in the table. */
    void ended(int records, long bytes, BatchCounts counts, int dead) {
        progress.batch(records, counts, dead);
        metrics.counter(MetricNames.WRITER_RECORDS_CONSUMED).increment((double) records);
        metrics.summary(MetricNames.WRITER_BATCH_ROWS).record((double) counts.rows());
        metrics.summary(MetricNames.WRITER_BATCH_BYTES).record((double) bytes);
        outcome("inserted", counts.inserted());
        outcome("updated", counts.updated());
        outcome("unchanged", counts.unchanged());
        outcome("stale", counts.stale());
        outcome("dead_lettered", dead);
        outcome("superseded", records - counts.rows() - dead);
    }

    /** The thread has no batch any more, whatever became of it. */
    void left() {
        oldest.remove(Thread.currentThread());
    }

    /** Content that its record does not prove. */
    void unproven() {
        metrics.counter(MetricNames.WRITER_CONTENTS_UNPROVEN).increment();
    }

    void deadLettered(RejectionReason reason) {
        metrics.counter(MetricNames.WRITER_RECORDS_DEAD_LETTERED, reason.code()).increment();
    }

    @Override
    public void ended(Phase phase, Duration time) {
        metrics.timer(MetricNames.WRITER_BATCH_DURATION, phase.name().toLowerCase(Locale.ROOT)).record(time);
    }

    @Override
    public void logged(long bytes, long rows) {
        if (rows > 0) {
            metrics.summary(MetricNames.WRITER_LOG_PER_ROW).record((double) bytes / rows);
        }
    }

    @Override
    public void created() {
        metrics.counter(MetricNames.POOL_CONNECTIONS_CREATED).increment();
    }

    @Override
    public void closedStale() {
        metrics.counter(MetricNames.POOL_CONNECTIONS_CLOSED_STALE).increment();
    }

    @Override
    public void healthCheckFailed() {
        metrics.counter(MetricNames.POOL_HEALTH_CHECK_FAILURES).increment();
    }

    @Override
    public void failed(FailureKind kind, Exception failure, Duration wait) {
        progress.sqlError();
        String code = failure instanceof SqlFailure sql ? sql.code() : failure.getClass().getSimpleName();
        metrics.counter(MetricNames.QUERY_RETRIES).increment();
        metrics.counter(MetricNames.RETRIES, STAGE, kind.name().toLowerCase(Locale.ROOT), code).increment();
    }

    @Override
    public void conflictsUsedUp() {
        metrics.counter(MetricNames.QUERY_RETRIES_EXHAUSTED).increment();
    }

    @Override
    public void recovered(Duration outage) {
        metrics.timer(MetricNames.OUTAGE_DURATION, STAGE).record(outage);
    }

    private void outcome(String outcome, long records) {
        metrics.counter(MetricNames.WRITER_RECORDS, outcome).increment((double) records);
    }

    private double oldestAge() {
        return oldest.values().stream().mapToLong(Long::longValue).min().stream()
                .mapToDouble(first -> Math.max(0, clock.millis() - first) / MILLIS).findFirst().orElse(0);
    }
}

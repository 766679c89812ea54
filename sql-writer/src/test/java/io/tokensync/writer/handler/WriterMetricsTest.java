package io.tokensync.writer.handler;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.runtime.StageStatus;
import io.tokensync.writer.batch.SqlFailure;

import static org.assertj.core.api.Assertions.assertThat;

/** What Prometheus sees of the writer. */
class WriterMetricsTest {
    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private final PrometheusMeterRegistry registry = Metrics.prometheus();
    private final WriterMetrics metrics = new WriterMetrics(new Metrics(registry), new WriteProgress(),
            new StageStatus(clock), clock);

    @Test
    void everyCounterIsThereBeforeItsFirstEvent() {
        assertThat(registry.scrape().lines()).contains("tokensync_pool_created_connections_total 0.0",
                "tokensync_pool_closed_stale_connections_total 0.0", "tokensync_pool_health_check_failures_total 0.0",
                "tokensync_query_retries_total 0.0", "tokensync_query_retries_exhausted_total 0.0",
                "tokensync_writer_records_total{outcome=\"superseded\"} 0.0",
                "tokensync_writer_records_total{outcome=\"inserted\"} 0.0");
        for (RejectionReason reason : RejectionReason.values()) {
            assertThat(registry.scrape()).contains(
                    "tokensync_writer_records_dead_lettered_records_total{reason=\"" + reason.code() + "\"} 0.0");
        }
    }

    @Test
    void aRetryIsCountedByTheNumberOfItsErrorAndWithoutOneByItsState() {
        failed(new SqlFailure(FailureKind.TRANSIENT, 40613, "S0001", "x", null));
        failed(new SqlFailure(FailureKind.TRANSIENT, 0, "08S01", "x", null));
        failed(new SqlFailure(FailureKind.TRANSIENT, 0, null, "x", new SQLException("x")));
        failed(new SqlFailure(FailureKind.TRANSIENT, 0, null, "x", null));
        assertThat(registry.scrape()).contains("code=\"40613\"", "code=\"08S01\"", "code=\"SQLException\"",
                "code=\"none\"").doesNotContain("SqlFailure");
    }

    @Test
    void conflictsThatAreUsedUpAreCounted() {
        metrics.conflictsUsedUp();
        assertThat(registry.scrape()).contains("tokensync_query_retries_exhausted_total 1.0");
    }

    private void failed(SqlFailure failure) {
        metrics.failed(failure.kind(), failure, Duration.ofSeconds(1));
    }
}

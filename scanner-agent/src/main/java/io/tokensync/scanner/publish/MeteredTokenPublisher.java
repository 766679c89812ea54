package io.tokensync.scanner.publish;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.model.TokenRecord;

/**
 * Counts acknowledged records, and tells how long ago the last acknowledgement was: an age that also grows while there is
 * nothing to publish.
 */
public final class MeteredTokenPublisher implements TokenPublisher {
    private static final Logger log = LoggerFactory.getLogger(MeteredTokenPublisher.class);
    private static final double MILLIS = 1000.0;

    private final TokenPublisher publisher;
    private final Clock clock;
    private final Counter acknowledged;
    private volatile Instant lastAcknowledged;

    public MeteredTokenPublisher(TokenPublisher publisher, Metrics metrics, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
        this.lastAcknowledged = clock.instant();
        this.acknowledged = metrics.counter(MetricNames.SCANNER_RECORDS_ACKNOWLEDGED);
        metrics.gauge(MetricNames.SCANNER_ACKNOWLEDGEMENT_AGE,
                () -> Duration.between(lastAcknowledged, clock.instant()).toMillis() / MILLIS);
    }

    @Override
    public SendFuture publish(Batch batch) throws InterruptedException {
        SendFuture sendFuture = publisher.publish(batch);
        int records = batch.records().size() + batch.rejected().size();
        return () -> {
            List<TokenRecord> rejected = sendFuture.await();
            acknowledged.increment(records - rejected.size());
            lastAcknowledged = clock.instant();
            log.atDebug().setMessage("batch acknowledged").addKeyValue("records", records)
                    .addKeyValue("too_large", rejected.size()).log();
            return rejected;
        };
    }

    @Override
    public void close() {
        publisher.close();
    }
}

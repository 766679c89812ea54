package io.tokensync.writer.verification;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.verification.Outcome;
import io.tokensync.writer.verification.VerificationStore.Standing;

/** The meters of the verifications. Thread-safe. */
public final class VerificationMetrics {
    private final Metrics metrics;
    private volatile Standing standing = new Standing(0, 0, 0, 0);

    /** Registers them, so that each is there before the first verification. */
    public VerificationMetrics(Metrics metrics) {
        this.metrics = metrics;
        for (Outcome outcome : Outcome.values()) {
            metrics.counter(MetricNames.WRITER_VERIFICATIONS, outcome.code());
        }
        metrics.counter(MetricNames.WRITER_VERIFIED_ROWS);
        metrics.timer(MetricNames.WRITER_VERIFICATION_DURATION);
        metrics.gauge(MetricNames.WRITER_NODES, () -> standing.nodes(), "verified");
        metrics.gauge(MetricNames.WRITER_NODES, () -> standing.differing(), "differing");
        metrics.gauge(MetricNames.WRITER_NODES, () -> standing.differingTwice(), "differing_twice");
        metrics.gauge(MetricNames.WRITER_NODES, () -> standing.contested(), "contested");
    }

    void verified(NodeVerification verification) {
        metrics.counter(MetricNames.WRITER_VERIFICATIONS, verification.outcome().code()).increment();
        metrics.counter(MetricNames.WRITER_VERIFIED_ROWS)
                .increment((double) verification.comparison().table().rows());
        metrics.timer(MetricNames.WRITER_VERIFICATION_DURATION).record(verification.comparison().took());
    }

    void standing(Standing now) {
        standing = now;
    }

    /** How the nodes stand, as far as it is known. */
    public Standing standing() {
        return standing;
    }
}

package io.tokensync.common.kafka.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** What a loop counts, by group. */
final class PollLoopMetrics {
    private final Counter batches;
    private final Counter records;
    private final Counter produced;
    private final Counter aborts;
    private final Counter redeliveries;

    PollLoopMetrics(MeterRegistry meters, String group) {
        Tags tags = Tags.of("group", group);
        this.batches = meters.counter("tokensync.poll.batches", tags);
        this.records = meters.counter("tokensync.poll.records", tags);
        this.produced = meters.counter("tokensync.poll.produced", tags);
        this.aborts = meters.counter("tokensync.poll.aborts", tags);
        this.redeliveries = meters.counter("tokensync.poll.redeliveries", tags);
    }

    void batchDone() {
        batches.increment();
    }

    void committed(int read, int written) {
        records.increment(read);
        produced.increment(written);
    }

    /** A transaction has not gone through. */
    void aborted() {
        aborts.increment();
    }

    /** The records of a batch are going to be read again. */
    void redelivered(int again) {
        redeliveries.increment(again);
    }
}

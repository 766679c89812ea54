package io.tokensync.common.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.common.TopicPartition;

/** When a loop last did something; for liveness, which must not depend on any other system. Thread-safe. */
final class PartitionProgress {
    private final Clock clock;
    private final Map<TopicPartition, Instant> last = new ConcurrentHashMap<>();
    private volatile Instant lastTurn;
    private volatile Instant batchSince;

    PartitionProgress(Clock clock) {
        this.clock = clock;
        this.lastTurn = clock.instant();
    }

    /** The consumer thread has polled. */
    void turned() {
        lastTurn = clock.instant();
    }

    void started() {
        batchSince = clock.instant();
    }

    void ended() {
        batchSince = null;
    }

    void committed(Collection<TopicPartition> partitions) {
        Instant now = clock.instant();
        partitions.forEach(partition -> last.put(partition, now));
    }

    void assigned(Collection<TopicPartition> partitions) {
        committed(partitions);
    }

    void removed(Collection<TopicPartition> partitions) {
        partitions.forEach(last::remove);
    }

    /** By partition, when records of it were last committed, or when it was assigned. */
    Map<TopicPartition, Instant> last() {
        return Map.copyOf(last);
    }

    boolean hasTurnedWithin(Duration bound) {
        return isWithin(lastTurn, bound);
    }

    /** Whether there is no batch in the handler's hands, or not for longer than that. */
    boolean isBatchYoungerThan(Duration bound) {
        Instant since = batchSince;
        return since == null || isWithin(since, bound);
    }

    private boolean isWithin(Instant instant, Duration bound) {
        return Duration.between(instant, clock.instant()).compareTo(bound) <= 0;
    }
}

package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Commits positions that have moved past the last record. The marks that end transactions take offsets, and so do the
 * records of aborted ones: without this a topic that is read to its end would show a lag for ever.
 */
final class IdleCommits {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Duration NO_WAIT = Duration.ofMillis(100);

    private final Clock clock;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private Instant next = Instant.MIN;

    IdleCommits(Clock clock) {
        this.clock = clock;
    }

    /** To be called when every record that was polled is committed. At most once a second it does something. */
    void commitIfAhead(Consumer<?, ?> consumer) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        try {
            commitAhead(consumer);
        } catch (RetriableException | CommitFailedException | RebalanceInProgressException | WakeupException _) {
            // A rebalance or an outage; the next second is as good.
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(committed::remove);
    }

    private void commitAhead(Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> ahead = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition, NO_WAIT);
            if (committed.getOrDefault(partition, -1L) != position) {
                ahead.put(partition, position);
            }
        }
        if (!ahead.isEmpty()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            ahead.forEach((partition, position) -> offsets.put(partition, new OffsetAndMetadata(position)));
            consumer.commitSync(offsets, BOUND);
            committed.putAll(ahead);
        }
    }
}

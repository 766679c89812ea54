package io.tokensync.common.kafka.loop;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds partitions back whose next record is not due yet: the consumer goes back to that record and leaves its partition
 * alone until then, so that nothing waits in memory and the committed offset says what has been waited for. Lives on the
 * consumer thread.
 */
final class DueRecords {
    /** A partition is left alone at least so long, so that its records are not fetched again for each that becomes due. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final BatchHandler handler;
    private final Clock clock;
    private final Map<TopicPartition, Long> held = new HashMap<>();

    DueRecords(BatchHandler handler, Clock clock) {
        this.handler = handler;
        this.clock = clock;
    }

    /** Those of the records that are due; the consumer goes back to the first of each partition that is not. */
    List<ConsumerRecord<byte[], byte[]>> of(ConsumerRecords<byte[], byte[]> polled,
            Consumer<byte[], byte[]> consumer) {
        long now = clock.millis();
        List<ConsumerRecord<byte[], byte[]>> due = new ArrayList<>(polled.count());
        for (TopicPartition partition : polled.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                long at = handler.dueAt(record);
                if (at > now) {
                    consumer.seek(partition, record.offset());
                    held.put(partition, Math.max(at, now + PAUSE.toMillis()));
                    break;
                }
                due.add(record);
            }
        }
        return due;
    }

    /** The partitions to leave alone now. */
    Set<TopicPartition> held() {
        long now = clock.millis();
        held.values().removeIf(at -> at <= now);
        return held.keySet();
    }

    /** Whether each partition of the consumer is read to its end, or to a record that is not due yet. */
    boolean isCaughtUp(Consumer<byte[], byte[]> consumer) {
        return consumer.assignment().stream()
                .allMatch(partition -> held.containsKey(partition) || consumer.currentLag(partition).orElse(1) == 0);
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(held::remove);
    }
}

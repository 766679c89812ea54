package io.tokensync.common.kafka.window;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A topic, its consumer and the broker's offsets around a window, and the checks of what must hold whatever they do. What has
 * begun is known here later, and what has ended earlier, than in the window, so that its bounds can be checked from any thread.
 */
final class SimulatedLoop {
    private static final int END = 150;
    private static final int RECORD_BYTES = 10;

    private final BatchLimits limits;
    private final BatchWindow window;
    private final List<TopicPartition> partitions = IntStream.range(0, 3).mapToObj(i -> new TopicPartition("t", i))
            .toList();
    /** Of the partitions that are assigned: the next offset to poll. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    /** Offsets that have begun since the consumer was at the committed ones. */
    private final Map<TopicPartition, Set<Long>> begun = new HashMap<>();
    private final Set<Batch> inFlight = new LinkedHashSet<>();
    private final Set<Batch> withPermit = new HashSet<>();
    private final Set<Batch> handled = new HashSet<>();

    SimulatedLoop(BatchLimits limits, BatchWindow window) {
        this.limits = limits;
        this.window = window;
        partitions.forEach(partition -> {
            committed.put(partition, 0L);
            assign(partition);
        });
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    synchronized boolean isAssigned(TopicPartition partition) {
        return positions.containsKey(partition);
    }

    synchronized boolean isAllCommitted() {
        return committed.values().stream().allMatch(offset -> offset == END);
    }

    // ---- the consumer thread

    /** A round of polling, with records of this partition when it has some. */
    void poll(TopicPartition partition, int most) {
        if (window.isRewindDue()) {
            partitions.stream().filter(this::isAssigned).forEach(this::assign);
            window.rewound();
        }
        if (!window.isFull() && isAssigned(partition)) {
            long position = positions.get(partition);
            int count = (int) Math.min(most, END - position);
            if (count > 0) {
                window.add(BatchWindowRig.records(partition.partition(), position, count));
                setPosition(partition, position + count);
            }
        }
    }

    /** The consumer goes to the committed offset. */
    synchronized void assign(TopicPartition partition) {
        positions.put(partition, committed.get(partition));
        begun.put(partition, new HashSet<>());
    }

    /** Another member has the partition, and commits records of it. */
    void revoke(TopicPartition partition, Duration bound, int elsewhere) {
        window.revoke(List.of(partition), bound);
        synchronized (this) {
            positions.remove(partition);
            committed.merge(partition, (long) elsewhere, (offset, more) -> Math.min(END, offset + more));
        }
    }

    /** The membership fails, and the next one begins. */
    void rejoin() {
        window.abandon();
        partitions.forEach(this::assign);
    }

    private synchronized void setPosition(TopicPartition partition, long position) {
        positions.put(partition, position);
    }

    // ---- the handler's threads

    Optional<Batch> begin() {
        Optional<Batch> next = window.beginNext();
        next.ifPresent(this::begun);
        return next;
    }

    void begun(Batch batch) {
        assertThat(batch.records()).hasSizeBetween(1, limits.maxRecords());
        assertThat(batch.bytes()).isLessThanOrEqualTo(Math.max(RECORD_BYTES, limits.maxBytes()));
        synchronized (this) {
            inFlight.add(batch);
            withPermit.add(batch);
            assertThat(withPermit).as("permits").hasSizeLessThanOrEqualTo(2);
            assertThat(inFlight).as("window").hasSizeLessThanOrEqualTo(limits.maxBatches());
            assertThat(inFlight.stream().mapToLong(Batch::bytes).sum())
                    .as("four batches, and the one that makes them too many")
                    .isLessThan(5 * Math.max(RECORD_BYTES, limits.maxBytes()));
            for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
                TopicPartition partition = Batch.partitionOf(record);
                if (isAssigned(partition)) {
                    assertThat(begun.get(partition).add(record.offset())).as("begins once: %s", record).isTrue();
                } else {
                    assertThatThrownBy(() -> window.membershipFor(batch)).as("of a revoked partition: %s", record)
                            .isInstanceOf(BatchAbandonedException.class);
                }
            }
        }
    }

    void release(Batch batch) {
        synchronized (this) {
            withPermit.remove(batch);
        }
        window.releasePermit(batch);
    }

    void handle(Batch batch, boolean fails) {
        synchronized (this) {
            withPermit.remove(batch);
            handled.add(batch);
        }
        window.handled(batch, fails
                ? new Batch.Handled.Failed(new IllegalStateException())
                : new Batch.Handled.Output(List.of()));
    }

    synchronized List<Batch> unhandled() {
        return inFlight.stream().filter(batch -> !handled.contains(batch)).toList();
    }

    // ---- the worker

    /** How the broker answers. */
    enum Answer {
        COMMITTED,
        ABORTED,
        /** It has committed, and nobody hears of it. */
        COMMITTED_UNKNOWN
    }

    /** Whether there is something for {@link #finish}, as far as is known here. */
    synchronized boolean hasHandled() {
        return !inFlight.isEmpty() && handled.contains(inFlight.iterator().next());
    }

    void finish(List<Batch> batches, Answer answer) {
        boolean known = false;
        try {
            for (Batch batch : batches) {
                window.outputOf(batch);
            }
            if (answer != Answer.ABORTED) {
                commit(batches);
            }
            known = answer == Answer.COMMITTED;
        } catch (BatchAbandonedException | IllegalStateException _) {
            // They are dropped, like those that are aborted.
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        for (Batch batch : batches) {
            synchronized (this) {
                inFlight.remove(batch);
            }
            if (known) {
                window.committed(batch);
            } else {
                window.dropped(batch);
            }
        }
    }

    /** Under the lock, like a broker that fences: who has the membership commits before the partition is another's. */
    private synchronized void commit(List<Batch> batches) {
        window.membershipFor(batches.getLast());
        for (Batch batch : batches) {
            assertThat(handled).as("handled before it is committed").contains(batch);
            for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
                TopicPartition partition = Batch.partitionOf(record);
                assertThat(isAssigned(partition)).as("committed by who has the partition: %s", record).isTrue();
                assertThat(record.offset()).as("nothing skipped or repeated: %s", record)
                        .isEqualTo(committed.put(partition, record.offset() + 1));
            }
            batch.offsets().forEach((partition, offset) -> assertThat(offset.offset())
                    .isEqualTo(committed.get(partition)));
        }
    }
}

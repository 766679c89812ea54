package io.tokensync.common.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchQueueTest {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);

    private final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE);
    private final BatchQueue queue = queue(10, 1_000, Duration.ZERO);

    @AfterEach
    void forgetInterrupts() {
        Thread.interrupted();
    }

    @Test
    void aBatchHasAtMostSoManyRecords() throws InterruptedException {
        queue.add(records(0, 0, 25));
        assertThat(offsetsOf(take())).hasSize(10).first().isEqualTo(0L);
        assertThat(queue.isFull()).isTrue();
        assertThat(offsetsOf(take())).hasSize(10).first().isEqualTo(10L);
        assertThat(queue.isFull()).isFalse();
        assertThat(offsetsOf(take())).hasSize(5).last().isEqualTo(24L);
    }

    @Test
    void aBatchHasAtMostSoManyBytesButAtLeastOneRecord() throws InterruptedException {
        BatchQueue narrow = queue(10, 25, Duration.ZERO);
        narrow.add(records(0, 0, 3));
        assertThat(take(narrow).records()).hasSize(2);
        BatchQueue narrower = queue(10, 1, Duration.ZERO);
        narrower.add(records(0, 0, 3));
        assertThat(take(narrower).records()).hasSize(1);
    }

    @Test
    void theOffsetsOfABatchAreBehindItsLastRecords() throws InterruptedException {
        queue.add(records(0, 5, 3));
        queue.add(records(1, 7, 2));
        queue.add(records(0, 8, 1));
        Batch batch = take();
        assertThat(batch.offsets().get(ZERO).offset()).isEqualTo(9);
        assertThat(batch.offsets().get(ONE).offset()).isEqualTo(9);
    }

    @Test
    void aDroppedBatchIsReadAgainAndNothingIsQueuedBeforeThat() throws InterruptedException {
        queue.add(records(0, 0, 15));
        Batch batch = take();
        queue.dropped(batch);
        assertThat(queue.isRewindDue()).isTrue();
        queue.add(records(0, 15, 5));
        queue.rewound();
        queue.add(records(0, 0, 1));
        assertThat(offsetsOf(take())).containsExactly(0L);
    }

    @Test
    void revokedPartitionsLeaveTheOthersInTheQueue() throws InterruptedException {
        queue.workedOnBy(Thread.currentThread());
        queue.add(records(0, 0, 2));
        queue.add(records(1, 0, 2));
        assertThat(queue.revoke(List.of(ZERO), Duration.ZERO)).isFalse();
        assertThat(take().offsets()).containsOnlyKeys(ONE);
    }

    @Test
    void aBatchOfRevokedPartitionsIsAbandonedAndCannotBeCommitted() throws InterruptedException {
        queue.workedOnBy(Thread.currentThread());
        queue.add(records(0, 0, 2));
        Batch batch = take();
        handled(batch);
        assertThat(finish()).isSameAs(batch);
        assertThat(queue.revoke(List.of(ONE), Duration.ZERO)).isFalse();
        assertThat(queue.revoke(List.of(ZERO), Duration.ZERO)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThatThrownBy(() -> queue.generationFor(batch)).isInstanceOf(BatchAbandonedException.class);
        assertThat(queue.isRewindDue()).as("the worker still has it").isFalse();
        queue.dropped(batch);
        assertThat(queue.isRewindDue()).isTrue();
        queue.drain(Duration.ZERO);
        assertThat(queue.next()).isInstanceOf(BatchQueue.Step.End.class);
        assertThat(Thread.currentThread().isInterrupted()).as("not for the next step").isFalse();
    }

    @Test
    void batchesEndInTheOrderInWhichTheyBegan() throws InterruptedException {
        queue.add(records(0, 0, 30));
        Batch first = take();
        Batch second = take();
        Batch third = take();
        handled(third);
        handled(first);
        assertThat(finish()).isSameAs(first);
        queue.committed(first);
        handled(second);
        assertThat(finish()).isSameAs(second);
        queue.committed(second);
        assertThat(finish()).isSameAs(third);
    }

    @Test
    void noMoreBatchesBeginThanTheWindowHolds() throws InterruptedException {
        queue.add(records(0, 0, 50));
        Batch first = take();
        for (int more = 1; more < 4; more++) {
            take();
        }
        handled(first);
        assertThat(finish()).as("the fifth has no room").isSameAs(first);
        queue.committed(first);
        assertThat(offsetsOf(take())).first().isEqualTo(40L);
    }

    @Test
    void theNextBatchBeginsWhenTheOneBeforeLetsItOrIsHandled() throws InterruptedException {
        queue.add(records(0, 0, 40));
        Batch first = begun(queue);
        handled(first);
        Batch second = begun(queue);
        assertThat(finish()).as("the second has the processor").isSameAs(first);
        queue.committed(first);
        queue.letNextBegin(second);
        assertThat(offsetsOf(begun(queue))).first().isEqualTo(20L);
        handled(second);
        assertThat(finish()).as("the third has not let the fourth begin").isSameAs(second);
    }

    @Test
    void aWindowOfLargeBatchesHoldsFewer() throws InterruptedException {
        BatchQueue wide = new BatchQueue(
                PollLoopConfig.of("g", "t").withBatch(10, 100, Duration.ZERO).withWindow(100), ticks::get, () -> {});
        wide.add(records(0, 0, 60));
        Batch first = take(wide);
        for (int more = 1; more < 4; more++) {
            take(wide);
        }
        wide.handled(first, new Batch.Handled.Output(List.of()));
        assertThat(wide.next()).isEqualTo(new BatchQueue.Step.Finish(first));
    }

    @Test
    void whatIsBehindADroppedBatchIsCalledOff() throws InterruptedException {
        queue.add(records(0, 0, 20));
        Batch first = take();
        Batch second = take();
        queue.handledBy(second, Thread.currentThread());
        handled(first);
        finish();
        queue.dropped(first);
        assertThat(second.isAbandoned()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).as("the handler of the second").isTrue();
        assertThat(queue.isRewindDue()).as("the handler still has it").isFalse();
        handled(second);
        assertThat(finish()).isSameAs(second);
        assertThatThrownBy(() -> queue.generationFor(second)).isInstanceOf(BatchAbandonedException.class);
        queue.dropped(second);
        assertThat(queue.isRewindDue()).isTrue();
    }

    @Test
    void aClosedQueueLetsTheBatchesThatHaveBegunEnd() throws InterruptedException {
        queue.add(records(0, 0, 20));
        Batch first = take();
        assertThat(queue.drain(Duration.ZERO)).isFalse();
        handled(first);
        assertThat(finish()).isSameAs(first);
        queue.committed(first);
        assertThat(queue.next()).isInstanceOf(BatchQueue.Step.End.class);
    }

    @Test
    void aClosedQueueGivesNoMoreBatches() throws InterruptedException {
        queue.add(records(0, 0, 2));
        assertThat(queue.drain(Duration.ZERO)).isTrue();
        assertThat(queue.next()).isInstanceOf(BatchQueue.Step.End.class);
        assertThat(queue.isOpen()).isFalse();
    }

    @Test
    void aQueueThatIsClosedWithRecordsWaitingIsNotIdle() {
        queue.add(records(0, 0, 2));
        assertThat(queue.drain(Duration.ZERO)).isTrue();
        assertThat(queue.isIdle()).as("what was waiting is forgotten, not committed").isFalse();
    }

    @Test
    void nothingThatAFailedMembershipPolledIsCommittedOrTaken() throws InterruptedException {
        queue.workedOnBy(Thread.currentThread());
        queue.add(records(0, 0, 15));
        Batch batch = take();
        queue.leave();
        assertThatThrownBy(() -> queue.generationFor(batch)).isInstanceOf(BatchAbandonedException.class);
        assertThat(queue.isRewindDue()).as("the worker still has it").isFalse();
        queue.dropped(batch);
        assertThat(queue.isRewindDue()).isTrue();
        queue.rewound();
        assertThat(queue.isIdle()).as("the rest is forgotten").isTrue();
    }

    @Test
    void aBatchThatIsNotWholeWaitsForItsLinger() throws InterruptedException {
        BatchQueue patient = queue(10, 1_000, Duration.ofMinutes(1));
        patient.add(records(0, 0, 2));
        // Past the wrap of a clock of any origin.
        ticks.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(offsetsOf(take(patient))).containsExactly(0L, 1L);
    }

    private Batch take() throws InterruptedException {
        return take(queue);
    }

    /** A batch that lets the next one begin. */
    private static Batch take(BatchQueue from) throws InterruptedException {
        Batch batch = begun(from);
        from.letNextBegin(batch);
        return batch;
    }

    private static Batch begun(BatchQueue from) throws InterruptedException {
        return switch (from.next()) {
            case BatchQueue.Step.Begin(var batch) -> batch;
            case BatchQueue.Step other -> throw new AssertionError(other);
        };
    }

    private Batch finish() throws InterruptedException {
        return switch (queue.next()) {
            case BatchQueue.Step.Finish(var batch) -> batch;
            case BatchQueue.Step other -> throw new AssertionError(other);
        };
    }

    private void handled(Batch batch) {
        queue.handled(batch, new Batch.Handled.Output(List.of()));
    }

    private BatchQueue queue(int records, long bytes, Duration linger) {
        return new BatchQueue(PollLoopConfig.of("g", "t").withBatch(records, bytes, linger).withWindow(4), ticks::get,
                () -> {});
    }

    private static List<Long> offsetsOf(Batch batch) {
        return batch.records().stream().map(ConsumerRecord::offset).toList();
    }

    /** Records of ten bytes each. */
    private static List<ConsumerRecord<byte[], byte[]>> records(int partition, long from, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ConsumerRecord<>("t", partition, from + i, 0L,
                        TimestampType.CREATE_TIME, 4, 6, new byte[4], new byte[6],
                        new RecordHeaders(), Optional.empty()))
                .toList();
    }
}

package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchQueueTest extends BatchQueueRig {
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
        queue.add(records(0, 0, 2));
        queue.add(records(1, 0, 2));
        assertThat(queue.revoke(List.of(ZERO), Duration.ZERO)).isFalse();
        assertThat(take().offsets()).containsOnlyKeys(ONE);
    }

    @Test
    void aBatchOfRevokedPartitionsIsAbandonedAndCannotBeCommitted() throws InterruptedException {
        queue.add(records(0, 0, 2));
        Batch batch = take();
        handled(batch);
        assertThat(finish()).isSameAs(batch);
        assertThat(queue.revoke(List.of(ONE), Duration.ZERO)).isFalse();
        assertThat(queue.revoke(List.of(ZERO), Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> queue.generationFor(batch)).isInstanceOf(BatchAbandonedException.class);
        assertThat(queue.isRewindDue()).as("the worker still has it").isFalse();
        queue.dropped(batch);
        assertThat(queue.isRewindDue()).isTrue();
        queue.drain(Duration.ZERO);
        assertThat(queue.next()).isInstanceOf(NextStep.End.class);
        assertThat(Thread.currentThread().isInterrupted()).as("it could hit what the worker does next").isFalse();
    }

    @Test
    void aClosedQueueLetsTheBatchesThatHaveBegunEnd() throws InterruptedException {
        queue.add(records(0, 0, 20));
        Batch first = take();
        assertThat(queue.drain(Duration.ZERO)).isFalse();
        handled(first);
        assertThat(finish()).isSameAs(first);
        queue.committed(first);
        assertThat(queue.next()).isInstanceOf(NextStep.End.class);
    }

    @Test
    void aClosedQueueGivesNoMoreBatches() throws InterruptedException {
        queue.add(records(0, 0, 2));
        assertThat(queue.drain(Duration.ZERO)).isTrue();
        assertThat(queue.next()).isInstanceOf(NextStep.End.class);
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

    @Test
    void aWorkerThatIsElsewhereIsInterruptedWhenTheQueueIsClosedAndNotAfterItHasEnded() throws InterruptedException {
        queue.add(records(0, 0, 2));
        take();
        queue.close();
        assertThat(Thread.interrupted()).isTrue();
        queue.workerEnded();
        queue.close();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aWorkerThatEndsWhileTheQueueIsOpenIsAFailure() {
        queue.workerStarted();
        queue.workerEnded();
        assertThat(queue.isOpen()).isFalse();
        assertThat(queue.failure()).hasValueSatisfying(
                failure -> assertThat(failure).hasMessageContaining("worker has ended"));
    }

    @Test
    void nobodyWaitsToCommitWhatIsCalledOffOrToOpenWhatIsClosed() throws InterruptedException {
        queue.add(records(0, 0, 2));
        take();
        queue.revoke(List.of(ZERO), Duration.ZERO);
        queue.awaitCommit(Duration.ofDays(1));
        queue.close();
        Thread.interrupted();
        assertThatThrownBy(() -> queue.awaitOpening(Duration.ofDays(1))).isInstanceOf(InterruptedException.class);
    }
}

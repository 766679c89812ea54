package io.tokensync.common.kafka.window;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class BatchWindowLifecycleTest extends BatchWindowRig {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    @Test
    void aBatchHasAtMostSoManyRecords() throws InterruptedException {
        window.add(records(0, 0, 25));
        assertThat(offsetsOf(take())).hasSize(10).first().isEqualTo(0L);
        assertThat(window.isFull()).isTrue();
        assertThat(offsetsOf(take())).hasSize(10).first().isEqualTo(10L);
        assertThat(window.isFull()).isFalse();
        assertThat(offsetsOf(take())).hasSize(5).last().isEqualTo(24L);
    }

    @Test
    void aBatchHasAtMostSoManyBytesButAtLeastOneRecord() throws InterruptedException {
        BatchWindow narrow = window(10, 25, Duration.ZERO);
        narrow.add(records(0, 0, 3));
        assertThat(take(narrow).records()).hasSize(2);
        BatchWindow narrower = window(10, 1, Duration.ZERO);
        narrower.add(records(0, 0, 3));
        assertThat(take(narrower).records()).hasSize(1);
    }

    @Test
    void theOffsetsOfABatchAreBehindItsLastRecords() throws InterruptedException {
        window.add(records(0, 5, 3));
        window.add(records(1, 7, 2));
        window.add(records(0, 8, 1));
        Batch batch = take();
        assertThat(batch.offsets().get(ZERO).offset()).isEqualTo(9);
        assertThat(batch.offsets().get(ONE).offset()).isEqualTo(9);
    }

    @Test
    void aDroppedBatchIsReadAgainAndNothingIsBufferedBeforeThat() throws InterruptedException {
        window.add(records(0, 0, 15));
        Batch batch = take();
        window.dropped(batch);
        assertThat(window.isRewindDue()).isTrue();
        window.add(records(0, 15, 5));
        window.rewound();
        window.add(records(0, 0, 1));
        assertThat(offsetsOf(take())).containsExactly(0L);
    }

    @Test
    void revokedPartitionsLeaveTheOthersInTheWindow() throws InterruptedException {
        window.add(records(0, 0, 2));
        window.add(records(1, 0, 2));
        assertThat(window.revoke(List.of(ZERO), Duration.ZERO)).isFalse();
        assertThat(take().offsets()).containsOnlyKeys(ONE);
    }

    @Test
    void aBatchOfRevokedPartitionsIsAbandonedAndCannotBeCommitted() throws InterruptedException {
        window.add(records(0, 0, 2));
        Batch batch = take();
        handled(batch);
        assertThat(finish()).isSameAs(batch);
        assertThat(window.revoke(List.of(ONE), Duration.ZERO)).isFalse();
        assertThat(window.revoke(List.of(ZERO), Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> window.membershipFor(batch)).isInstanceOf(BatchAbandonedException.class);
        assertThat(window.isRewindDue()).as("the worker still has it").isFalse();
        window.dropped(batch);
        assertThat(window.isRewindDue()).isTrue();
        window.drain();
        assertThat(window.next()).isInstanceOf(NextStep.End.class);
        assertThat(Thread.currentThread().isInterrupted()).as("it could hit what the worker does next").isFalse();
    }

    @Test
    void revokedPartitionsAreLetGoAsSoonAsTheirBatchHasEnded() throws Exception {
        window.add(records(0, 0, 2));
        Batch batch = take();
        FutureTask<Boolean> revocation = new FutureTask<>(() -> window.revoke(List.of(ZERO), Duration.ofDays(1)));
        Thread revoking = Thread.ofPlatform().daemon().start(revocation);
        await().atMost(LONGEST_WAIT).until(() -> revoking.getState() == Thread.State.TIMED_WAITING);
        handled(batch);
        assertThat(finish()).isSameAs(batch);
        assertThat(window.membershipFor(batch)).as("not abandoned").isNull();
        window.committed(batch);
        assertThat(revocation.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)).as("abandoned").isFalse();
    }

    @Test
    void aClosedWindowLetsTheBatchesThatHaveBegunEnd() throws InterruptedException {
        window.add(records(0, 0, 20));
        Batch first = take();
        assertThat(window.drain()).isFalse();
        handled(first);
        assertThat(finish()).isSameAs(first);
        window.committed(first);
        assertThat(window.next()).isInstanceOf(NextStep.End.class);
    }

    @Test
    void aClosedWindowGivesNoMoreBatches() throws InterruptedException {
        window.add(records(0, 0, 2));
        assertThat(window.drain()).isTrue();
        assertThat(window.next()).isInstanceOf(NextStep.End.class);
        assertThat(window.isOpen()).isFalse();
    }

    @Test
    void aWindowThatIsClosedWithRecordsWaitingIsNotIdle() {
        window.add(records(0, 0, 2));
        assertThat(window.drain()).isTrue();
        assertThat(window.isIdle()).as("what was waiting is forgotten, not committed").isFalse();
    }

    @Test
    void nothingThatAFailedMembershipPolledIsCommittedOrTaken() throws InterruptedException {
        window.add(records(0, 0, 15));
        Batch batch = take();
        window.abandon();
        assertThatThrownBy(() -> window.membershipFor(batch)).isInstanceOf(BatchAbandonedException.class);
        assertThat(window.isRewindDue()).as("the worker still has it").isFalse();
        window.dropped(batch);
        assertThat(window.isRewindDue()).isTrue();
        window.rewound();
        assertThat(window.isIdle()).as("the rest is forgotten").isTrue();
    }

    @Test
    void inAHurryNoBatchWaitsForItsLinger() throws InterruptedException {
        BatchWindow patient = window(10, 1_000, Duration.ofDays(1));
        patient.add(records(0, 0, 3));
        assertThat(patient.beginNext()).isEmpty();
        patient.hurry();
        assertThat(patient.beginNext().map(BatchWindowRig::offsetsOf)).contains(List.of(0L, 1L, 2L));
        patient.add(records(0, 3, 1));
        assertThat(patient.beginNext().map(BatchWindowRig::offsetsOf)).as("what comes later").contains(List.of(3L));
    }

    @Test
    void aBatchThatIsNotWholeWaitsForItsLinger() throws InterruptedException {
        BatchWindow patient = window(10, 1_000, Duration.ofMinutes(1));
        patient.add(records(0, 0, 2));
        // Past the wrap of a clock of any origin.
        ticks.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(offsetsOf(take(patient))).containsExactly(0L, 1L);
    }

    @Test
    void aWorkerThatIsElsewhereIsInterruptedWhenTheWindowIsClosedAndNotAfterItHasEnded() throws InterruptedException {
        window.add(records(0, 0, 2));
        take();
        window.close();
        assertThat(Thread.interrupted()).isTrue();
        window.workerEnded();
        window.close();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aWorkerThatEndsWhileTheWindowIsOpenIsAFailure() {
        window.workerStarted();
        window.workerEnded();
        assertThat(window.isOpen()).isFalse();
        assertThat(window.failure()).hasValueSatisfying(
                failure -> assertThat(failure).hasMessageContaining("worker has ended"));
    }

    @Test
    void nobodyWaitsToCommitWhatIsAbandonedOrToOpenWhatIsClosed() throws InterruptedException {
        window.add(records(0, 0, 2));
        take();
        window.revoke(List.of(ZERO), Duration.ZERO);
        window.awaitCommit(Duration.ofDays(1));
        window.close();
        Thread.interrupted();
        assertThatThrownBy(() -> window.awaitOpening(Duration.ofDays(1))).isInstanceOf(InterruptedException.class);
    }
}

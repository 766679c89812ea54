package io.tokensync.common.kafka.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchWindowTest extends BatchQueueRig {
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
        assertThat(queue.next()).isEqualTo(new NextStep.Finish(List.of(second, third)));
    }

    @Test
    void batchesThatAreHandledTogetherAreCommittedTogether() throws InterruptedException {
        queue.add(records(0, 0, 40));
        Batch first = take();
        Batch second = take();
        Batch third = take();
        Batch fourth = take();
        handled(second);
        handled(first);
        handled(fourth);
        assertThat(queue.next()).as("the third is not handled yet")
                .isEqualTo(new NextStep.Finish(List.of(first, second)));
        queue.committed(first);
        queue.committed(second);
        handled(third);
        assertThat(queue.next()).isEqualTo(new NextStep.Finish(List.of(third, fourth)));
    }

    @Test
    void aBatchThatHasFailedIsFinishedAlone() throws InterruptedException {
        queue.add(records(0, 0, 30));
        Batch first = take();
        Batch second = take();
        Batch third = take();
        handled(first);
        queue.handled(second, new Batch.Handled.Failed(new IllegalStateException()));
        handled(third);
        assertThat(finish()).isSameAs(first);
        queue.committed(first);
        assertThat(finish()).isSameAs(second);
        queue.committed(second);
        assertThat(finish()).isSameAs(third);
    }

    @Test
    void theNextBatchBeginsWhileOthersAreCommitted() throws InterruptedException {
        queue.add(records(0, 0, 40));
        Batch first = begun(queue);
        Batch second = begun(queue);
        assertThat(queue.beginNext()).as("two have the processors").isEmpty();
        handled(first);
        assertThat(queue.beginNext()).isPresent();
        assertThat(finish()).isSameAs(first);
        handled(second);
        assertThat(queue.beginNext()).isPresent();
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
    void theNextBatchBeginsWhenOneOfTwoLetsItOrIsHandled() throws InterruptedException {
        queue.add(records(0, 0, 50));
        Batch first = begun(queue);
        Batch second = begun(queue);
        handled(first);
        Batch third = begun(queue);
        assertThat(finish()).as("the second and the third have the processors").isSameAs(first);
        queue.committed(first);
        queue.releasePermit(third);
        assertThat(offsetsOf(begun(queue))).first().isEqualTo(30L);
        handled(second);
        assertThat(offsetsOf(begun(queue))).first().isEqualTo(40L);
        assertThat(finish()).as("the fourth and the fifth have not let another begin").isSameAs(second);
    }

    @Test
    void nothingIsHandledAheadOfWhatATransactionTakes() throws InterruptedException {
        BatchQueue wide = new BatchQueue(
                PollLoopConfig.of("g", "t").withBatch(10, 1_000, Duration.ZERO).withWindow(100), ticks::get, () -> {});
        wide.add(records(0, 0, 200));
        List<Batch> begun = new ArrayList<>();
        for (int batch = 0; batch < 4; batch++) {
            begun.add(wide.beginNext().orElseThrow());
            wide.handled(begun.getLast(), new Batch.Handled.Output(List.of()));
        }
        assertThat(wide.next()).as("no fifth begins").isEqualTo(new NextStep.Finish(begun));
        wide.committed(begun.getFirst());
        assertThat(wide.beginNext()).isPresent();
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
        assertThat(wide.next()).isEqualTo(new NextStep.Finish(List.of(first)));
    }

    @Test
    void aWindowInASmallHeapHoldsFewer() {
        PollLoopConfig wide = PollLoopConfig.of("g", "t").withBatch(10, 100, Duration.ZERO).withWindow(100);
        assertThat(largestWindow(wide, 1 << 20)).as("bounded by the size of batches").isEqualTo(4);
        assertThat(largestWindow(wide, 24 * 200)).as("a twenty-fourth of the heap").isEqualTo(2);
        assertThat(largestWindow(wide, 1)).as("one batch is handled in any case").isEqualTo(1);
    }

    /** How many batches of 100 bytes begin before one has ended. */
    private static int largestWindow(PollLoopConfig config, long heapBytes) {
        InFlight window = new InFlight(config, new QueueLock(), heapBytes);
        int begun = 0;
        while (window.hasRoom()) {
            Batch next = new Batch(records(0, begun * 10L, 10));
            next.releasePermit();
            window.begin(next);
            begun++;
        }
        return begun;
    }

    @Test
    void theWorkerIsNotInterruptedButMayNotCommitWhatIsCalledOff() throws InterruptedException {
        queue.add(records(0, 0, 20));
        Batch first = take();
        Batch second = take();
        handled(first);
        handled(second);
        assertThat(queue.next()).isEqualTo(new NextStep.Finish(List.of(first, second)));
        queue.committed(first);
        queue.leave();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> queue.generationFor(second)).isInstanceOf(BatchAbandonedException.class);
        queue.dropped(second);
        assertThat(queue.isRewindDue()).isTrue();
    }

    @Test
    void whatIsCommittedTogetherIsDroppedTogether() throws InterruptedException {
        queue.add(records(0, 0, 20));
        Batch first = take();
        Batch second = take();
        handled(first);
        handled(second);
        assertThat(queue.next()).isEqualTo(new NextStep.Finish(List.of(first, second)));
        queue.dropped(first);
        assertThat(second.isAbandoned()).isTrue();
        queue.dropped(second);
        assertThat(queue.isRewindDue()).isTrue();
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
}

package io.tokensync.common.kafka.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchWindowTest extends BatchWindowRig {
    @Test
    void batchesEndInTheOrderInWhichTheyBegan() throws InterruptedException {
        window.add(records(0, 0, 30));
        Batch first = take();
        Batch second = take();
        Batch third = take();
        handled(third);
        handled(first);
        assertThat(finish()).isSameAs(first);
        window.committed(first);
        handled(second);
        assertThat(window.next()).isEqualTo(new NextStep.Finish(List.of(second, third)));
    }

    @Test
    void batchesThatAreHandledTogetherAreCommittedTogether() throws InterruptedException {
        window.add(records(0, 0, 40));
        Batch first = take();
        Batch second = take();
        Batch third = take();
        Batch fourth = take();
        handled(second);
        handled(first);
        handled(fourth);
        assertThat(window.next()).as("the third is not handled yet")
                .isEqualTo(new NextStep.Finish(List.of(first, second)));
        window.committed(first);
        window.committed(second);
        handled(third);
        assertThat(window.next()).isEqualTo(new NextStep.Finish(List.of(third, fourth)));
    }

    @Test
    void aBatchThatHasFailedIsFinishedAlone() throws InterruptedException {
        window.add(records(0, 0, 30));
        Batch first = take();
        Batch second = take();
        Batch third = take();
        handled(first);
        window.handled(second, new Batch.Handled.Failed(new IllegalStateException()));
        handled(third);
        assertThat(finish()).isSameAs(first);
        window.committed(first);
        assertThat(finish()).isSameAs(second);
        window.committed(second);
        assertThat(finish()).isSameAs(third);
    }

    @Test
    void theNextBatchBeginsWhileOthersAreCommitted() throws InterruptedException {
        window.add(records(0, 0, 40));
        Batch first = begun(window);
        Batch second = begun(window);
        assertThat(window.beginNext()).as("two have the processors").isEmpty();
        handled(first);
        assertThat(window.beginNext()).isPresent();
        assertThat(finish()).isSameAs(first);
        handled(second);
        assertThat(window.beginNext()).isPresent();
    }

    @Test
    void noMoreBatchesBeginThanTheWindowHolds() throws InterruptedException {
        window.add(records(0, 0, 50));
        Batch first = take();
        for (int more = 1; more < 4; more++) {
            take();
        }
        handled(first);
        assertThat(finish()).as("the fifth has no room").isSameAs(first);
        window.committed(first);
        assertThat(offsetsOf(take())).first().isEqualTo(40L);
    }

    @Test
    void theNextBatchBeginsWhenOneOfTwoLetsItOrIsHandled() throws InterruptedException {
        window.add(records(0, 0, 50));
        Batch first = begun(window);
        Batch second = begun(window);
        handled(first);
        Batch third = begun(window);
        assertThat(finish()).as("the second and the third have the processors").isSameAs(first);
        window.committed(first);
        window.releasePermit(third);
        assertThat(offsetsOf(begun(window))).first().isEqualTo(30L);
        handled(second);
        assertThat(offsetsOf(begun(window))).first().isEqualTo(40L);
        assertThat(finish()).as("the fourth and the fifth have not let another begin").isSameAs(second);
    }

    @Test
    void nothingIsHandledAheadOfWhatATransactionTakes() throws InterruptedException {
        BatchWindow wide = window(new BatchLimits(10, 1_000, Duration.ZERO, 100, HEAP));
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
        BatchWindow wide = window(new BatchLimits(10, 100, Duration.ZERO, 100, HEAP));
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
        assertThat(largestWindow(1 << 20)).as("bounded by the size of batches").isEqualTo(4);
        assertThat(largestWindow(24 * 200)).as("a twenty-fourth of the heap").isEqualTo(2);
        assertThat(largestWindow(1)).as("one batch is handled in any case").isEqualTo(1);
    }

    /** How many batches of 100 bytes begin before one has ended. */
    private static int largestWindow(long heap) {
        InFlight inFlight = new InFlight(new BatchLimits(10, 100, Duration.ZERO, 100, heap));
        int begun = 0;
        while (inFlight.hasRoom()) {
            Batch next = new Batch(records(0, begun * 10L, 10));
            next.releasePermit();
            inFlight.begin(next);
            begun++;
        }
        return begun;
    }

    @Test
    void theWorkerIsNotInterruptedButMayNotCommitWhatIsAbandoned() throws InterruptedException {
        window.add(records(0, 0, 20));
        Batch first = take();
        Batch second = take();
        handled(first);
        handled(second);
        assertThat(window.next()).isEqualTo(new NextStep.Finish(List.of(first, second)));
        window.committed(first);
        window.abandon();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> window.membershipFor(second)).isInstanceOf(BatchAbandonedException.class);
        window.dropped(second);
        assertThat(window.isRewindDue()).isTrue();
    }

    @Test
    void whatIsCommittedTogetherIsDroppedTogether() throws InterruptedException {
        window.add(records(0, 0, 20));
        Batch first = take();
        Batch second = take();
        handled(first);
        handled(second);
        assertThat(window.next()).isEqualTo(new NextStep.Finish(List.of(first, second)));
        window.dropped(first);
        assertThat(second.isAbandoned()).isTrue();
        window.dropped(second);
        assertThat(window.isRewindDue()).isTrue();
    }

    @Test
    void whatIsBehindADroppedBatchIsAbandoned() throws InterruptedException {
        window.add(records(0, 0, 20));
        Batch first = take();
        Batch second = take();
        window.handledBy(second, Thread.currentThread());
        handled(first);
        finish();
        window.dropped(first);
        assertThat(second.isAbandoned()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).as("the handler of the second").isTrue();
        assertThat(window.isRewindDue()).as("the handler still has it").isFalse();
        handled(second);
        assertThat(finish()).isSameAs(second);
        assertThatThrownBy(() -> window.membershipFor(second)).isInstanceOf(BatchAbandonedException.class);
        window.dropped(second);
        assertThat(window.isRewindDue()).isTrue();
    }
}

package io.tokensync.common.kafka.window;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import io.tokensync.common.kafka.window.SimulatedLoop.Answer;
import io.tokensync.testkit.property.Gen;
import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing is lost, doubled, or committed ahead or after a revocation, whatever happens in which order. */
class BatchWindowPropertyTest {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final List<Answer> ANSWERS = List.of(Answer.values());

    @Test
    void theInvariantsHoldInAnyOrderOfSteps() {
        Property.forAll(300, gen -> {
            BatchLimits limits = limits(gen);
            BatchWindow window = new BatchWindow(limits, () -> 0, () -> {});
            SimulatedLoop loop = new SimulatedLoop(limits, window);
            for (int step = 0; step < 20 * gen.size(); step++) {
                step(loop, window, gen);
            }
            loop.rejoin();
            for (int round = 0; !loop.isAllCommitted(); round++) {
                assertThat(round).as("rounds without a fault").isLessThan(10_000);
                loop.poll(gen.oneOf(loop.partitions()), 10);
                loop.begin();
                loop.unhandled().forEach(batch -> loop.handle(batch, false));
                finish(loop, window, Answer.COMMITTED);
            }
        });
    }

    private static void step(SimulatedLoop loop, BatchWindow window, Gen gen) throws InterruptedException {
        TopicPartition partition = gen.oneOf(loop.partitions());
        List<Batch> unhandled = loop.unhandled();
        switch (gen.integer(0, 20)) {
            case 0 -> loop.revoke(partition, Duration.ZERO, gen.integer(0, 2));
            case 1 -> {
                if (!loop.isAssigned(partition)) {
                    loop.assign(partition);
                }
            }
            case 2 -> {
                if (gen.percent(20)) {
                    loop.rejoin();
                }
            }
            case 3, 4, 5, 6 -> loop.begin();
            case 7, 8 -> unhandled.stream().limit(1 + gen.integer(0, 3)).forEach(loop::release);
            case 9, 10, 11 -> {
                if (!unhandled.isEmpty()) {
                    loop.handle(gen.oneOf(unhandled), gen.percent(3));
                }
            }
            case 12, 13, 14 -> finish(loop, window, gen.percent(90) ? Answer.COMMITTED : gen.oneOf(ANSWERS));
            default -> loop.poll(partition, gen.integer(0, 12));
        }
    }

    /** What the worker does, when it would not wait for something. */
    private static void finish(SimulatedLoop loop, BatchWindow window, Answer answer) throws InterruptedException {
        if (loop.hasHandled()) {
            switch (window.next()) {
                case NextStep.Begin(var batch) -> loop.begun(batch);
                case NextStep.Finish(var batches) -> loop.finish(batches, answer);
                case NextStep.End end -> throw new AssertionError(end);
            }
        }
    }

    @Test
    void theInvariantsHoldBetweenThreads() {
        Property.forAll(40, gen -> new Threads(gen).run());
    }

    private static BatchLimits limits(Gen gen) {
        return new BatchLimits(gen.integer(1, 15), gen.integer(1, 150), Duration.ZERO, gen.integer(1, 8),
                1L << 30);
    }

    /** The threads of a loop: one polls, one works, and each batch has one. */
    private static final class Threads {
        private final Semaphore wakeups = new Semaphore(0);
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final BatchWindow window;
        private final SimulatedLoop loop;
        private final SplittableRandom polling;
        private final SplittableRandom working;

        Threads(Gen gen) {
            BatchLimits limits = limits(gen);
            window = new BatchWindow(limits, System::nanoTime, wakeups::release);
            loop = new SimulatedLoop(limits, window);
            polling = new SplittableRandom(gen.number());
            working = new SplittableRandom(gen.number());
        }

        void run() throws Exception {
            Thread worker = start(this::work);
            long end = System.nanoTime() + LONGEST_WAIT.toNanos();
            try {
                while (!loop.isAllCommitted() && failure.get() == null) {
                    assertThat(System.nanoTime()).as("still not all is committed").isLessThan(end);
                    poll();
                }
            } finally {
                window.close();
            }
            assertThat(worker.join(LONGEST_WAIT)).isTrue();
            assertThat(failure).hasNullValue();
        }

        private void poll() throws InterruptedException {
            TopicPartition partition = loop.partitions().get(polling.nextInt(loop.partitions().size()));
            int chance = polling.nextInt(100);
            if (!loop.isAssigned(partition)) {
                loop.assign(partition);
            } else if (chance < 3) {
                loop.revoke(partition, Duration.ofNanos(polling.nextInt(1_000_000)), polling.nextInt(3));
            } else if (chance < 4) {
                loop.rejoin();
            }
            loop.poll(partition, polling.nextInt(12));
            if (window.isFull()) {
                wakeups.tryAcquire(1, TimeUnit.MILLISECONDS);
            }
        }

        private void work() throws InterruptedException {
            window.workerStarted();
            while (true) {
                switch (window.next()) {
                    case NextStep.Begin(var batch) -> handle(batch, working.split());
                    case NextStep.Finish(var batches) -> loop.finish(batches,
                            working.nextInt(10) > 0 ? Answer.COMMITTED : ANSWERS.get(working.nextInt(3)));
                    case NextStep.End() -> {
                        return;
                    }
                }
            }
        }

        private void handle(Batch batch, SplittableRandom random) {
            loop.begun(batch);
            start(() -> {
                window.handledBy(batch, Thread.currentThread());
                if (random.nextBoolean()) {
                    loop.release(batch);
                    window.beginNext().ifPresent(next -> handle(next, random.split()));
                }
                loop.handle(batch, random.nextInt(50) == 0);
                window.beginNext().ifPresent(next -> handle(next, random.split()));
            });
        }

        /** What a thread does. */
        @FunctionalInterface
        private interface Body {
            void run() throws Exception;
        }

        private Thread start(Body body) {
            return Thread.ofPlatform().daemon().start(() -> {
                try {
                    body.run();
                } catch (InterruptedException _) {
                    // Closed.
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            });
        }
    }
}

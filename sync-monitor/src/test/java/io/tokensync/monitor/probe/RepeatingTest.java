package io.tokensync.monitor.probe;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.tokensync.common.time.Sleeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class RepeatingTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicReference<Thread> runner = new AtomicReference<>();

    /** A run that would be harmed by an interrupt: a read of a file that others have open too. */
    @Test
    void closingLeavesARunAloneUntilItsEnd() throws Exception {
        Repeating repeating = Repeating.start("test", HOUR, Sleeper.system(), this::run, HOUR);
        begun.await();
        Thread closer = Thread.ofPlatform().start(repeating::close);
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        assertThat(runner.get().isInterrupted()).isFalse();
        mayEnd.countDown();
        closer.join();
        ended.await();
        runner.get().join();
        assertThat(runs).hasValue(1);
    }

    @Test
    void closingInterruptsARunThatCanTakeIt() throws Exception {
        Repeating repeating = Repeating.start("test", HOUR, Sleeper.system(), this::run);
        begun.await();
        repeating.close();
        runner.get().join();
        assertThat(ended.getCount()).isEqualTo(1);
    }

    @Test
    void closingEndsThePauseBetweenTwoRuns() throws Exception {
        mayEnd.countDown();
        Repeating repeating = Repeating.start("test", HOUR, Sleeper.system(), this::run, HOUR);
        ended.await();
        repeating.close();
        runner.get().join();
        assertThat(runs).hasValue(1);
    }

    @Test
    void aRunThatFailsIsFollowedByAnother() throws Exception {
        try (Repeating _ = Repeating.start("test", Duration.ZERO, Sleeper.system(), () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("planted");
        })) {
            await().until(() -> runs.get() > 2);
        }
    }

    private void run() throws InterruptedException {
        runner.set(Thread.currentThread());
        runs.incrementAndGet();
        begun.countDown();
        mayEnd.await();
        ended.countDown();
    }
}

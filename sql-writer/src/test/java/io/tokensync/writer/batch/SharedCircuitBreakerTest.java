package io.tokensync.writer.batch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tokensync.common.failure.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SharedCircuitBreakerTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final AtomicBoolean there = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger slept = new AtomicInteger();
    private final SharedCircuitBreaker breaker = new SharedCircuitBreaker("database", this::probe,
            IOException.class::isInstance,
            Duration.ofMillis(20), (_, _, _) -> slept.incrementAndGet(), Clock.systemUTC());

    @Test
    void allGoOnAsSoonAsOneProbeIsAnswered() throws Exception {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<?>> waiting = IntStream.range(0, 8).<Future<?>>mapToObj(_ -> threads.submit(() -> {
                breaker.await(FailureKind.TRANSIENT, new IOException("away"), FOR_EVER);
                return null;
            })).toList();
            await().atMost(LONGEST_WAIT).until(() -> asked.get() >= 3);
            assertThat(breaker.isOpen()).isTrue();
            assertThat(waiting).noneMatch(Future::isDone);
            there.set(true);
            await().atMost(LONGEST_WAIT).until(() -> waiting.stream().allMatch(Future::isDone));
        } finally { // whoever still waits would do so for an hour
            threads.shutdownNow();
        }
        assertThat(breaker.isOpen()).isFalse();
        assertThat(slept).hasValue(0);
    }

    @Test
    void whatIsThereIsWaitedForAsThePolicySays() throws Exception {
        breaker.await(FailureKind.THROTTLED, new IllegalStateException("busy"), FOR_EVER);
        assertThat(slept).hasValue(1);
        assertThat(asked).hasValue(0);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void whoeverHasWaitedHisTimeTriesForHimself() throws Exception {
        breaker.await(FailureKind.TRANSIENT, new IOException("away"), Duration.ofMillis(50));
        assertThat(breaker.isOpen()).isTrue();
    }

    private Void probe() throws IOException {
        asked.incrementAndGet();
        assertThat(asking.incrementAndGet()).isOne();
        asking.decrementAndGet();
        if (!there.get()) {
            throw new IOException("away");
        }
        return null;
    }
}

package io.tokensync.common.runtime;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParallelCloserTest {
    private static final int MEMBERS = 5;

    private final ParallelCloser closer = new ParallelCloser();

    @Test
    void allAreToldToCloseBeforeAnyHasClosed() {
        CyclicBarrier allAreClosing = new CyclicBarrier(MEMBERS);
        AtomicInteger closed = new AtomicInteger();
        for (int i = 0; i < MEMBERS; i++) {
            closer.member().<AutoCloseable>register(() -> {
                allAreClosing.await(1, TimeUnit.MINUTES);
                closed.incrementAndGet();
            });
        }
        closer.close();
        assertThat(closed).hasValue(MEMBERS);
    }

    @Test
    void oneThatFailsKeepsNoOtherFromClosing() {
        AtomicInteger closed = new AtomicInteger();
        closer.member().<AutoCloseable>register(() -> {
            throw new IllegalArgumentException("as told");
        });
        closer.member().<AutoCloseable>register(closed::incrementAndGet);
        assertThatThrownBy(closer::close).isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(closed).hasValue(1);
    }
}

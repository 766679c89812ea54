package io.tokensync.bench.enricher;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import io.tokensync.common.time.Sleeper;

/** How fast a counter grows, once its beginnings (joining the group, compiling the code) are over. */
final class Rate {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int WARM_UP_PART = 3;

    private Rate() {}

    /**
     * Waits until the counter has reached the total.
     *
     * @param end completes, with its reason, should whatever counts fail before
     * @return per second, over the last two thirds
     */
    static double of(LongSupplier counter, long total, CompletableFuture<?> end)
            throws InterruptedException, TimeoutException {
        long bound = System.nanoTime() + BOUND.toNanos();
        long begin = await(counter, total / WARM_UP_PART, end, bound);
        long from = counter.getAsLong();
        long done = await(counter, total, end, bound);
        return (counter.getAsLong() - from) / ((done - begin) / 1e9);
    }

    private static long await(LongSupplier counter, long count, CompletableFuture<?> end, long bound)
            throws InterruptedException, TimeoutException {
        while (counter.getAsLong() < count) {
            if (end.isCompletedExceptionally()) {
                end.join();
            }
            if (System.nanoTime() > bound) {
                throw new TimeoutException(counter.getAsLong() + " of " + count + " records in " + BOUND);
            }
            Sleeper.system().sleep(LOOK);
        }
        return System.nanoTime();
    }
}

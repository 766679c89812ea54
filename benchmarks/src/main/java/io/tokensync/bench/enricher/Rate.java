package io.tokensync.bench.enricher;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import com.sun.management.OperatingSystemMXBean;

import io.tokensync.common.time.Sleeper;

/** How fast a counter grows, once its beginnings (joining the group, compiling the code) are over. */
final class Rate {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int WARM_UP_PART = 3;

    private Rate() {}

    /**
     * What was measured, over the last two thirds.
     *
     * @param perSecond records by the clock, whatever else the machine was busy with
     * @param cpuMicros processor time of this process for a record, in microseconds; the broker's with it
     */
    record Measured(double perSecond, double cpuMicros) {}

    /**
     * Waits until the counter has reached the total.
     *
     * @param end completes, with its reason, should whatever counts fail before
     */
    static Measured of(LongSupplier counter, long total, CompletableFuture<?> end)
            throws InterruptedException, TimeoutException {
        long bound = System.nanoTime() + BOUND.toNanos();
        Moment start = new Moment(0, System.nanoTime(), SYSTEM.getProcessCpuTime());
        Moment warm = await(counter, total / WARM_UP_PART, end, bound);
        Moment done = await(counter, total, end, bound);
        // A few records may all be there at the first look.
        return (done.count > warm.count ? warm : start).until(done);
    }

    /** Where the counter and the clocks stood. */
    private record Moment(long count, long nanos, long cpuNanos) {
        Measured until(Moment end) {
            double records = end.count - count;
            return new Measured(records / (end.nanos - nanos) * 1e9, (end.cpuNanos - cpuNanos) / records / 1e3);
        }
    }

    private static Moment await(LongSupplier counter, long count, CompletableFuture<?> end, long bound)
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
        return new Moment(counter.getAsLong(), System.nanoTime(), SYSTEM.getProcessCpuTime());
    }
}

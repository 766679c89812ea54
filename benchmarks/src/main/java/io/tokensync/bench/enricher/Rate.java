package io.tokensync.bench.enricher;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import com.sun.management.OperatingSystemMXBean;

import io.tokensync.common.time.Sleeper;

/**
 * How fast a counter grows, once its beginnings (joining the group, compiling the code) are over, and before its end, where
 * there is nothing left to do but to wait for the last ones.
 */
final class Rate {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final long PARTS = 6;
    private static final long FIRST_MEASURED = 2;
    private static final long LAST_MEASURED = 5;

    private Rate() {}

    /**
     * What was measured, over the middle half.
     *
     * @param perSecond records by the clock, whatever else the machine was busy with
     * @param cpuMicros processor time of this process for a record, in microseconds; the broker's with it
     */
    record Measured(double perSecond, double cpuMicros) {
        /** Of several runs of equally many records: all records by all their time. */
        static Measured of(List<Measured> runs) {
            double seconds = runs.stream().mapToDouble(run -> 1 / run.perSecond).sum();
            double micros = runs.stream().mapToDouble(Measured::cpuMicros).sum();
            return new Measured(runs.size() / seconds, micros / runs.size());
        }
    }

    /**
     * Waits until the counter has reached the total.
     *
     * @param end completes, with its reason, should whatever counts fail before
     */
    static Measured of(LongSupplier counter, long total, CompletableFuture<?> end)
            throws InterruptedException, TimeoutException {
        long bound = System.nanoTime() + BOUND.toNanos();
        Moment start = new Moment(0, System.nanoTime(), SYSTEM.getProcessCpuTime());
        Moment warm = await(counter, total * FIRST_MEASURED / PARTS, end, bound);
        Moment late = await(counter, total * LAST_MEASURED / PARTS, end, bound);
        Moment done = await(counter, total, end, bound);
        // A few records may all be there at the first look.
        return late.count > warm.count ? warm.until(late) : start.until(done);
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

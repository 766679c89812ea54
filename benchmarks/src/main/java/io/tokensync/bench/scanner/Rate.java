package io.tokensync.bench.scanner;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

import com.sun.management.OperatingSystemMXBean;

/**
 * How fast something went.
 *
 * @param perSecond rows, by the clock on the wall
 * @param cpuMicros processor time of the whole process for a row; says the same on a machine that is busy
 */
record Rate(double perSecond, double cpuMicros) {
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    /** Measures work that returns how many rows it did. */
    static Rate of(Callable<? extends Number> work) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        double rows = work.call().doubleValue();
        return new Rate(rows / ((System.nanoTime() - begin) / NANOS),
                (system.getProcessCpuTime() - cpu) / NANOS_PER_MICRO / rows);
    }
}

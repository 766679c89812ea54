package io.tokensync.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;

/**
 * The machine that a benchmark ran on.
 *
 * @param processors that the JVM may use
 * @param memoryBytes of the machine or its container
 * @param load runnable processes at the start, averaged over a minute; negative when the system does not tell. Figures from a
 *        machine that was busy before they were taken are worth little
 * @param system name, version and architecture
 * @param java version of the JVM
 */
record Machine(int processors, long memoryBytes, double load, String system, String java) {
    private static final double GIBI = 1 << 30;

    static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(system.getAvailableProcessors(), system.getTotalMemorySize(), system.getSystemLoadAverage(),
                system.getName() + " " + system.getVersion() + " " + system.getArch(), Runtime.version().toString());
    }

    String text() {
        return String.format(Locale.ROOT, "%d processors, %.0f GiB, load %.2f before the run, %s, Java %s", processors,
                memoryBytes / GIBI, load, system, java);
    }
}

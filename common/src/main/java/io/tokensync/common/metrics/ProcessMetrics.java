package io.tokensync.common.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** What a process says of itself, whichever stage it is: {@code jvm_*}, {@code process_*}, {@code system_*} and its build. */
public final class ProcessMetrics implements AutoCloseable {
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private ProcessMetrics() {}

    /** Adds them to a registry; closing ends what listens to the garbage collector. */
    public static ProcessMetrics bindTo(MeterRegistry registry, BuildInfo build) {
        ProcessMetrics metrics = new ProcessMetrics();
        metrics.collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new Metrics(registry).gauge(MetricNames.BUILD_INFO, () -> 1, build.version(), build.revision());
        return metrics;
    }

    @Override
    public void close() {
        collections.close();
    }
}
